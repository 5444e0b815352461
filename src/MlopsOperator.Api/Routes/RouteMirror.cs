using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Routes;

/// <summary>Copies of stable's requests go to the candidate, whose answers are compared with stable's and reach no client.</summary>
public sealed record RouteMirror
{
    /// <summary>Share of stable's requests that is copied, in ten-thousandths.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(10_000)]
    public int Share { get; init; }

    /// <summary>How outputs are compared; one without a rule is compared as its datatype asks.</summary>
    [ListMapKeys("output")]
    [Items(0, 32)]
    public IReadOnlyList<CompareRule>? Compare { get; init; }

    /// <summary>Whether gateways keep the latest pairs that disagree, redacted and in memory; false by default.</summary>
    [DefaultValue(false)]
    public bool Sample { get; init; }
}
