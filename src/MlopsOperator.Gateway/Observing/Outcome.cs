using System.Globalization;
using MlopsOperator.Api.Routes;

namespace MlopsOperator.Gateway.Observing;

/// <summary>How a request ended, as the label <c>code</c> names it: an HTTP status, or one of three outcomes that no status tells.</summary>
internal readonly record struct Outcome
{
    /// <summary>Outcomes are numbered; statuses are 100 to 599, the three others above them.</summary>
    public const int Count = 603;

    private Outcome(int index) => Index = index;

    /// <summary>The revision broke its answer off.</summary>
    public static Outcome Broken { get; } = new(600);

    /// <summary>The client went away.</summary>
    public static Outcome Cancelled { get; } = new(601);

    /// <summary>The client's body was malformed or stalled.</summary>
    public static Outcome Malformed { get; } = new(602);

    /// <summary>Position in an array of <see cref="Count"/>.</summary>
    public int Index { get; }

    /// <summary>Whether it is a request to the revision, as evidence counts them, and so has a duration.</summary>
    public bool CountsAsRequest => Index <= Broken.Index;

    /// <summary>The revision answered with a status; one that HTTP does not know counts as 502.</summary>
    public static Outcome Status(int status) => new(status is >= 100 and <= 599 ? status : 502);

    /// <summary>The label's value of an index.</summary>
    public static string Name(int index) => index switch
    {
        600 => TelemetryNames.BrokenOutcome,
        601 => TelemetryNames.CancelledOutcome,
        602 => TelemetryNames.MalformedOutcome,
        _ => index.ToString(CultureInfo.InvariantCulture),
    };
}
