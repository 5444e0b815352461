using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Verdict of one guard of a metric, with the numbers behind it.</summary>
public sealed record MetricVerdict
{
    /// <summary>Name of the metric, and of its guard where it has several: <c>errors.ceiling</c>, <c>errors.ratio</c>.</summary>
    [Length(0, 128)]
    public string Metric { get; init; } = "";

    /// <summary>Pass, Fail or Unknown.</summary>
    public VerdictState State { get; init; }

    /// <summary>Why, in a word.</summary>
    [Length(0, 1024)]
    public string Reason { get; init; } = "";

    /// <summary>The candidate's value; absent without data.</summary>
    public double? Candidate { get; init; }

    /// <summary>Stable's value; absent without data.</summary>
    public double? Stable { get; init; }

    /// <summary>The candidate's requests behind it.</summary>
    public double Samples { get; init; }

    /// <summary>Evidence for Fail as a wealth against 1, natural logarithm.</summary>
    public double FailEvidence { get; init; }

    /// <summary>Evidence for Pass as a wealth against 1, natural logarithm.</summary>
    public double PassEvidence { get; init; }

    /// <summary>The limit that it is held against.</summary>
    public double? Threshold { get; init; }

    /// <summary>What would change it, such as <c>about 300 more requests</c>.</summary>
    [Length(0, 1024)]
    public string? Needs { get; init; }
}
