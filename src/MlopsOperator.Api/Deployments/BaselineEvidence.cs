using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Deployments;

/// <summary>Stable's history, in blocks of one scrape interval.</summary>
public sealed record BaselineEvidence
{
    /// <summary>Revision that the history is about.</summary>
    [Length(0, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Scrape interval as a Go duration; a history at another interval is not comparable.</summary>
    [DurationText]
    public string Interval { get; init; } = "";

    /// <summary>Number of blocks.</summary>
    [RangeMinimum(0)]
    public double Blocks { get; init; }

    /// <summary>Sum of requests.</summary>
    [RangeMinimum(0)]
    public double Requests { get; init; }

    /// <summary>Sum of errors.</summary>
    [RangeMinimum(0)]
    public double Errors { get; init; }

    /// <summary>Sum over blocks of errors squared.</summary>
    [RangeMinimum(0)]
    public double ErrorSquares { get; init; }
}
