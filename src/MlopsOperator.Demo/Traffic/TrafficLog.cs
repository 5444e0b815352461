using System.Collections.Concurrent;

namespace MlopsOperator.Demo.Traffic;

/// <summary>Counts every answer by status and version.</summary>
internal sealed class TrafficLog(TimeProvider? time = null)
{
    /// <summary>The version of an answer that names none.</summary>
    public const string NoVersion = "none";

    /// <summary>The status of a request that got no answer.</summary>
    public const int NoAnswer = 0;

    /// <summary>What a model server answers when the model itself fails.</summary>
    private const int HttpInternalError = 500;

    private const int FailuresKept = 2_000;

    private readonly ConcurrentDictionary<(string Version, int Status), long> _answers = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> _times = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FailedRequest> _failures = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Counts an answer.</summary>
    public void Add(string? version, int status)
    {
        var now = _time.GetUtcNow();
        _answers.AddOrUpdate((version ?? NoVersion, status), 1, static (_, count) => count + 1);
        _times.AddOrUpdate(version ?? NoVersion, static (_, at) => (at, at), static (_, seen, at) => (seen.First, at), now);
    }

    /// <summary>Remembers a request that ended in an error; only so many of them.</summary>
    public void Remember(FailedRequest failure)
    {
        if (_failures.Count < FailuresKept)
        {
            _failures.Enqueue(failure);
        }
    }

    /// <summary>Requests that ended in an error, other than what the named version answered itself; in the order in which they ended.</summary>
    public IReadOnlyList<FailedRequest> Failures(string excusedVersion) =>
        [.. _failures.Where(failure => !(failure.Status is HttpInternalError && string.Equals(failure.Version, excusedVersion, StringComparison.Ordinal)))];

    /// <summary>When a version's first and last answer came.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) Times(string version) => _times.GetValueOrDefault(version);

    /// <summary>Answers so far, by version.</summary>
    public IReadOnlyDictionary<string, AnswerCount> ByVersion()
    {
        var counts = new SortedDictionary<string, AnswerCount>(StringComparer.Ordinal);
        foreach (var ((version, status), count) in _answers)
        {
            var before = counts.GetValueOrDefault(version);
            counts[version] = new AnswerCount(before.Requests + count, before.Errors + (IsError(status) ? count : 0));
        }

        return counts;
    }

    /// <summary>All answers so far.</summary>
    public AnswerCount Total() => ByVersion().Values.Aggregate(default(AnswerCount), (sum, one) => new AnswerCount(sum.Requests + one.Requests, sum.Errors + one.Errors));

    /// <summary>Answers so far, by version and status.</summary>
    public IReadOnlyList<(string Version, int Status, long Count)> Statuses() =>
        [.. _answers.Select(answer => (answer.Key.Version, answer.Key.Status, answer.Value)).OrderBy(answer => answer.Version, StringComparer.Ordinal).ThenBy(answer => answer.Status)];

    /// <summary>Answers of a status other than 200 that came from none of the named versions, in words; for the explanation of a failed demo.</summary>
    public IReadOnlyList<string> UnexpectedErrors(string excusedVersion) =>
    [
        .. _answers
            .Where(answer => answer.Key.Status != 200 && !(string.Equals(answer.Key.Version, excusedVersion, StringComparison.Ordinal) && IsError(answer.Key.Status)))
            .OrderBy(answer => answer.Key.Version, StringComparer.Ordinal).ThenBy(answer => answer.Key.Status)
            .Select(answer => FormattableString.Invariant($"{answer.Value} × status {answer.Key.Status} (0: no answer) from {answer.Key.Version}")),
    ];

    /// <summary>Whether a status is an error.</summary>
    public static bool IsError(int status) => status is NoAnswer or >= 500;
}
