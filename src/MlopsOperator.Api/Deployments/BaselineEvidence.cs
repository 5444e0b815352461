namespace MlopsOperator.Api.Deployments;

/// <summary>Stable's history, in blocks of one scrape interval.</summary>
public sealed record BaselineEvidence
{
    /// <summary>Revision that the history is about.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Scrape interval as a Go duration; a history at another interval is not comparable.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Number of blocks.</summary>
    public double Blocks { get; init; }

    /// <summary>Sum of requests.</summary>
    public double Requests { get; init; }

    /// <summary>Sum of errors.</summary>
    public double Errors { get; init; }

    /// <summary>Sum over blocks of errors squared.</summary>
    public double ErrorSquares { get; init; }
}
