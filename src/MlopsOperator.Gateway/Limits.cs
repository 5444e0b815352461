namespace MlopsOperator.Gateway;

/// <summary>Every bound of the gateway that is not an option, in one place.</summary>
internal static class Limits
{
    /// <summary>Body of a request, in bytes.</summary>
    public const long RequestBodyBytes = 16 * 1024 * 1024;

    /// <summary>Body of a POST scrape, in bytes.</summary>
    public const int ScrapeBodyBytes = 256 * 1024;

    /// <summary>Routes that one scrape may name.</summary>
    public const int ScrapeRoutes = 2_000;

    /// <summary>Host names of a route.</summary>
    public const int HostsPerRoute = 64;

    /// <summary>Characters of a path prefix.</summary>
    public const int PathLength = 1_024;

    /// <summary>Characters of a salt, a Service name, a revision or a ModelVersion name.</summary>
    public const int NameLength = 253;

    /// <summary>Endpoints of a revision; more are left out.</summary>
    public const int EndpointsPerRevision = 1_000;

    /// <summary>Characters of a sticky unit; a longer header is answered as if it were absent.</summary>
    public const int UnitLength = 1_024;

    /// <summary>Characters of a client's <c>x-request-id</c>; a longer one is replaced.</summary>
    public const int RequestIdLength = 128;

    /// <summary>Characters of a client's text that a problem document repeats.</summary>
    public const int QuotedLength = 128;

    /// <summary>Hosts or paths that a problem document lists.</summary>
    public const int ListedNames = 10;

    /// <summary>Connections to one backend.</summary>
    public const int ConnectionsPerBackend = 512;

    /// <summary>Client connections altogether.</summary>
    public const int Connections = 20_000;

    /// <summary>Copies for all candidates that may be taken, wait or be under way at once; further ones are dropped.</summary>
    public const int Copies = 1_000;

    /// <summary>Copies for one candidate, so that one that hangs does not take them all.</summary>
    public const int CopiesPerCandidate = 250;

    /// <summary>Bytes of bodies that all copies may hold.</summary>
    public const long CopyBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of bodies that copies for one candidate may hold.</summary>
    public const long CopyBytesPerCandidate = 16 * 1024 * 1024;

    /// <summary>Body of a request that is copied, in bytes.</summary>
    public const int CopiedRequestBytes = 1024 * 1024;

    /// <summary>Body of an answer that is compared, in bytes.</summary>
    public const int ComparedAnswerBytes = 1024 * 1024;

    /// <summary>Copies that one candidate works on at once.</summary>
    public const int CopiesAtWork = 32;

    /// <summary>Outputs of one answer that are compared; an answer with more is compared as plain JSON.</summary>
    public const int OutputsPerAnswer = 256;

    /// <summary>Members of a JSON object that are compared one by one; a larger object must be equal as a whole.</summary>
    public const int SearchedMembers = 256;

    /// <summary>Outputs that disagreements of one pair are told of.</summary>
    public const int DifferencesPerPair = 8;

    /// <summary>Outputs that disagreements are counted by; the rest is counted together.</summary>
    public const int CountedOutputs = 32;

    /// <summary>Pairs that disagree which are kept of a revision, where the route asks for it.</summary>
    public const int SampledPairs = 20;

    /// <summary>Characters of a value in such a pair.</summary>
    public const int SampledValueLength = 64;

    /// <summary>Time that a copy's answer may take, where stable's did not take longer.</summary>
    public static readonly TimeSpan Copy = TimeSpan.FromSeconds(5);

    /// <summary>How long a copy may wait to be sent. What a route says now may be another thing later.</summary>
    public static readonly TimeSpan CopyWait = TimeSpan.FromSeconds(5);

    /// <summary>Longest route timeout.</summary>
    public static readonly TimeSpan RouteTimeout = TimeSpan.FromHours(1);

    /// <summary>Longest silence of an answer that is being streamed.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    /// <summary>Time to a TCP connection with a backend.</summary>
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(3);

    /// <summary>How long an endpoint that refused a connection is passed over where there is another; the API has told of its end by then.</summary>
    public static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(5);

    /// <summary>How long counters of a revision stay after no route names it.</summary>
    public static readonly TimeSpan UnnamedRevision = TimeSpan.FromMinutes(10);

    /// <summary>How long a sequence waits for endpoints of weighted revisions before it is reported all the same.</summary>
    public static readonly TimeSpan SequenceDelay = TimeSpan.FromSeconds(5);
}
