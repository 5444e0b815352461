namespace MlopsOperator.Api.Routes;

/// <summary>The contract of gateway telemetry: paths, series, labels and outcome codes that the gateway writes and the operator's scraper reads.</summary>
public static class TelemetryNames
{
    /// <summary>Path of the scrape for judging: POST <c>{"routes": ["namespace/name"]}</c>, answered in Prometheus text.</summary>
    public const string ScrapePath = "/telemetry/v1/scrape";

    /// <summary>Path of the coarse metrics for Prometheus and people: GET.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>Counter of requests by <see cref="RouteLabel"/>, <see cref="RevisionLabel"/> and <see cref="CodeLabel"/>.</summary>
    public const string Requests = "mlops_requests_total";

    /// <summary>Histogram of the time to the last byte, in seconds, by route and revision; outcomes that count as requests only.</summary>
    public const string Duration = "mlops_request_duration_seconds";

    /// <summary>Gauge of requests in flight by route and revision.</summary>
    public const string InFlight = "mlops_inflight";

    /// <summary>Gauge by route: the sequence that is in effect here.</summary>
    public const string RouteSequence = "mlops_route_sequence";

    /// <summary>Gauge, always 1, by route, revision and <see cref="RoleLabel"/>.</summary>
    public const string RouteInfo = "mlops_route_info";

    /// <summary>Gauge, always 1, whose label <see cref="IdLabel"/> changes with each start of the process.</summary>
    public const string StartId = "mlops_start_id";

    /// <summary>Gauge by route: 1 while stable takes the candidate's requests, as nobody judges it; else 0.</summary>
    public const string ExposureLapsed = "mlops_exposure_lapsed";

    /// <summary>Gauge by route, in seconds: for how long stable has taken the candidate's requests, as nobody judges it; 0 while somebody does.</summary>
    public const string ExposureLapse = "mlops_exposure_lapse_seconds";

    /// <summary>Counter by route and revision: requests that another revision took, as this one had no endpoint.</summary>
    public const string Fallback = "mlops_fallback_total";

    /// <summary>Path of the latest pairs that disagree: GET <c>?route=namespace/name</c>, answered in JSON.</summary>
    public const string SamplesPath = "/telemetry/v1/samples";

    /// <summary>Counter of copies that were sent, by route, the candidate's revision and <see cref="CodeLabel"/>.</summary>
    public const string MirrorRequests = "mlops_mirror_requests_total";

    /// <summary>Counter of copies that were not sent, by route, revision and <see cref="ReasonLabel"/>.</summary>
    public const string MirrorDropped = "mlops_mirror_dropped_total";

    /// <summary>Gauge of copies that are being taken, wait or are under way, by route and revision.</summary>
    public const string MirrorInFlight = "mlops_mirror_inflight";

    /// <summary>Histogram of the candidate's time to the last byte, in seconds, over the edges of <see cref="Duration"/>, by route and revision.</summary>
    public const string MirrorDuration = "mlops_mirror_duration_seconds";

    /// <summary>Counter of pairs of answers by route, revision and <see cref="ResultLabel"/>.</summary>
    public const string ComparePairs = "mlops_compare_pairs_total";

    /// <summary>Counter of pairs of answers that were not compared, by route, revision and <see cref="ReasonLabel"/>.</summary>
    public const string CompareSkipped = "mlops_compare_skipped_total";

    /// <summary>Counter of pairs in which an output differed, by route, revision and <see cref="OutputLabel"/>; a pair may count at several outputs.</summary>
    public const string CompareDisagreements = "mlops_compare_disagreements_total";

    /// <summary>Histogram of the candidate's time less stable's, in seconds, by route and revision; negative where the candidate was faster.</summary>
    public const string CompareLatencyDifference = "mlops_compare_latency_difference_seconds";

    /// <summary>Label: <c>namespace/name</c> of the route.</summary>
    public const string RouteLabel = "route";

    /// <summary>Label: revision hash.</summary>
    public const string RevisionLabel = "revision";

    /// <summary>Label: stable or candidate.</summary>
    public const string RoleLabel = "role";

    /// <summary>Label: HTTP status, or one of the outcomes below.</summary>
    public const string CodeLabel = "code";

    /// <summary>Label: why a copy was not sent, or a pair not compared.</summary>
    public const string ReasonLabel = "reason";

    /// <summary>Label: what comparing a pair of answers gave; one of the results below.</summary>
    public const string ResultLabel = "result";

    /// <summary>Label: name of an output, or <see cref="OtherOutput"/>.</summary>
    public const string OutputLabel = "output";

    /// <summary>Label of <see cref="StartId"/>.</summary>
    public const string IdLabel = "id";

    /// <summary>Outcome: the revision broke the answer off after its status was sent. A request and an error.</summary>
    public const string BrokenOutcome = "broken";

    /// <summary>Outcome: the client went away before the answer was complete. Neither a request nor an error of the revision.</summary>
    public const string CancelledOutcome = "cancelled";

    /// <summary>Outcome: the client's body was malformed or stalled. Neither a request nor an error of the revision.</summary>
    public const string MalformedOutcome = "malformed";

    /// <summary>Result: every output agrees.</summary>
    public const string AgreeResult = "agree";

    /// <summary>Result: some output differs.</summary>
    public const string DisagreeResult = "disagree";

    /// <summary>Result: stable answered, the candidate did not, or not with numbers.</summary>
    public const string CandidateErrorResult = "error_candidate";

    /// <summary>Result: the candidate answered, stable did not, or not with numbers.</summary>
    public const string StableErrorResult = "error_stable";

    /// <summary>Result: neither answered.</summary>
    public const string BothErrorResult = "error_both";

    /// <summary>Result: the answers do not have the same outputs, datatypes and shapes.</summary>
    public const string SchemaResult = "schema";

    /// <summary>Value of <see cref="OutputLabel"/> for outputs beyond the first 32 of a revision.</summary>
    public const string OtherOutput = "other";
}
