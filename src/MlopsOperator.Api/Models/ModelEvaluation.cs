using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>Result of an offline evaluation.</summary>
public sealed record ModelEvaluation
{
    /// <summary>Data set that it was evaluated on.</summary>
    [Length(1, 253)]
    public string? Dataset { get; init; }

    /// <summary>Name of the metric, such as auc.</summary>
    [Length(1, 63)]
    [Pattern(ModelNames.ForeignPattern, ModelNames.ExpectedForeign)]
    public string Metric { get; init; } = "";

    /// <summary>Its value.</summary>
    public double Value { get; init; }

    /// <summary>Whether a higher value is a better one; true by default.</summary>
    [DefaultValue(true)]
    public bool HigherIsBetter { get; init; } = true;
}
