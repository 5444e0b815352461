namespace MlopsOperator.Rollouts;

/// <summary>Bounds and fixed times of the engine.</summary>
internal static class Limits
{
    /// <summary>Entries kept in a record's history; the oldest go first.</summary>
    internal const int History = 100;

    /// <summary>Test results and verdicts kept in a record.</summary>
    internal const int Results = 64;

    /// <summary>Answered requests kept in a record.</summary>
    internal const int Requests = 32;

    /// <summary>Length of a person's reason, as a record keeps and shows it.</summary>
    internal const int Reason = 256;

    /// <summary>Length of a text in a record.</summary>
    internal const int Text = 1024;

    /// <summary>How long too few ready pods are borne before the weight is lowered: restarts flap.</summary>
    internal static readonly TimeSpan CapacityGrace = TimeSpan.FromSeconds(30);

    /// <summary>How long stable may have no ready endpoint before traffic goes to a tested candidate.</summary>
    internal static readonly TimeSpan RescueAfter = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest stretch between two decisions that counts against a candidate. An unfinished rollout is decided on every 30 s; a longer one is the
    /// operator's absence, in which nobody looked.
    /// </summary>
    internal static readonly TimeSpan LongestStretch = TimeSpan.FromSeconds(60);

    /// <summary>How long a route may wait for its acknowledgement before that is a hold.</summary>
    internal static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromMinutes(2);

    /// <summary>How long after it left the gateway Service's endpoints a gateway counts as gone.</summary>
    internal static readonly TimeSpan GatewayGoneAfter = TimeSpan.FromSeconds(30);

    /// <summary>Longest exposure lease that a route may carry.</summary>
    internal static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);

    /// <summary>How often at most a lapsed exposure is told.</summary>
    internal static readonly TimeSpan LapseToldEvery = TimeSpan.FromMinutes(10);

    /// <summary>Added to the route's timeout before a revision counts as drained whatever is reported.</summary>
    internal static readonly TimeSpan DrainMargin = TimeSpan.FromSeconds(5);

    /// <summary>How long after the end of a rollout its arms keep the size they had when it began.</summary>
    internal static readonly TimeSpan SizeKeptAfterEnd = TimeSpan.FromMinutes(5);

    /// <summary>Quiet time that ends the hold Contested.</summary>
    internal static readonly TimeSpan ContestedQuiet = TimeSpan.FromMinutes(10);

    /// <summary>Longest time between two saves of evidence.</summary>
    internal static readonly TimeSpan EvidenceSaved = TimeSpan.FromSeconds(30);

    /// <summary>Intervals between two saves of evidence.</summary>
    internal const int EvidenceIntervals = 20;

    /// <summary>Intervals without a block after which evidence is stale.</summary>
    internal const int StaleIntervals = 3;

    /// <summary>Intervals that a block may span to count for a Pass: a few missed scrapes, not an absence.</summary>
    internal const int LongestBlockIntervals = 10;

    /// <summary>Blocks with requests to the candidate that a weight needs where no metric is required.</summary>
    internal const int BlocksWithoutRequired = 6;

    /// <summary>An upper bound of the wanted replicas, so that no arithmetic overflows.</summary>
    internal const int Replicas = 100_000;

    /// <summary>Length of a printer column.</summary>
    internal const int Column = 256;

    /// <summary>Length of the name of a golden request.</summary>
    internal const int TestName = 63;

    /// <summary>Length of the name of a guard.</summary>
    internal const int GuardName = 128;

    /// <summary>Cuts a text to a bound.</summary>
    internal static string Cut(string text, int length = Text) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
}
