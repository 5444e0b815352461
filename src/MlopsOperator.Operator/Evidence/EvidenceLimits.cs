namespace MlopsOperator.Operator.Evidence;

/// <summary>Every limit of the scraper.</summary>
internal static class EvidenceLimits
{
    /// <summary>Largest answer of a gateway, in bytes.</summary>
    public const int AnswerBytes = 8 * 1024 * 1024;

    /// <summary>Most series in an answer.</summary>
    public const int Series = 50_000;

    /// <summary>Longest line, in bytes.</summary>
    public const int LineBytes = 64 * 1024;

    /// <summary>Most labels of a series.</summary>
    public const int Labels = 32;

    /// <summary>Most routes in one request; more are asked for in further requests of the same round.</summary>
    public const int RoutesPerRequest = 100;

    /// <summary>Most routes that are scraped.</summary>
    public const int Routes = 10_000;

    /// <summary>Most gateways that are scraped.</summary>
    public const int Gateways = 256;

    /// <summary>Most requests under way in one round.</summary>
    public const int ConcurrentRequests = 16;

    /// <summary>Most rounds that a route keeps until they are drained; the oldest go first.</summary>
    public const int PendingRounds = 1_000;

    /// <summary>Revisions of a route that a baseline is kept for.</summary>
    public const int BaselineRevisions = 4;

    /// <summary>Shortest scrape interval.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Shortest time that a scrape may take.</summary>
    public static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the report of a gateway that left the directory is kept.</summary>
    public static readonly TimeSpan LeftGatewayKept = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long the end of an attempt that named a floor, and a gateway that left, are remembered: longer than the longest exposure lease. Not by the lease of
    /// this process, as a gateway may hold a route with a longer one from before.
    /// </summary>
    public static readonly TimeSpan FloorsKept = TimeSpan.FromMinutes(90);

    /// <summary>The longest lapse that a gateway is believed.</summary>
    public static readonly TimeSpan LongestLapse = TimeSpan.FromDays(365);
}
