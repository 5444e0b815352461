using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Strategies;

/// <summary>How one output of two answers to the same request is compared. An output without a rule is compared as its datatype asks.</summary>
[ValidationRule(
    "!(has(self.absolute) || has(self.relative)) || self.mode == 'Tolerance' || self.mode == 'Top1'",
    "absolute and relative are for the modes Tolerance and Top1")]
public sealed record CompareRule
{
    /// <summary>Name of the output tensor.</summary>
    [Length(1, 128)]
    [Pattern(ModelNames.ForeignPattern, ModelNames.ExpectedForeign)]
    public string Output { get; init; } = "";

    /// <summary>Tolerance (default), Exact, Top1 or Text.</summary>
    [DefaultValue(CompareMode.Tolerance)]
    public CompareMode Mode { get; init; } = CompareMode.Tolerance;

    /// <summary>Absolute part of the tolerance; 0 when only relative is given, the datatype's when neither is.</summary>
    [RangeMinimum(0)]
    public double? Absolute { get; init; }

    /// <summary>Relative part of the tolerance; 0 when only absolute is given, the datatype's when neither is.</summary>
    [RangeMinimum(0)]
    public double? Relative { get; init; }
}
