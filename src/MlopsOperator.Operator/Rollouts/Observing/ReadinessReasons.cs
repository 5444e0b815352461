using System.Collections.Concurrent;
using k8s.Models;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Operator.Rollouts.GoldenTests;

namespace MlopsOperator.Operator.Rollouts.Observing;

/// <summary>
/// Asks running pods that are not ready why they are not: a model server answers its readiness probe with 503 and the reason. The kubelet keeps the status
/// of the probe only.
/// </summary>
internal sealed class ReadinessReasons(IInferenceClient client, TimeProvider time)
{
    private const int AnswerLimit = 4096;
    private const int MessageLimit = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(2);

    // A pod that is ready or gone is asked no more; its answer goes after this time.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>The last reason that one of the pods gave.</summary>
    public string? Reason(IReadOnlyList<V1Pod> pods) => pods
        .Where(IsWaiting)
        .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
        .Select(pod => _answers.TryGetValue(pod.Metadata.Uid, out var answer) && answer.Reason is not null ? $"pod {pod.Metadata.Name} is not ready: {answer.Reason}" : null)
        .FirstOrDefault(reason => reason is not null);

    /// <summary>
    /// Asks those that were not asked in the last two seconds, all at once. Whether one of them answered something new, to be found at the next observation.
    /// </summary>
    public async Task<bool> AskAsync(IReadOnlyList<V1Pod> pods, RevisionContent content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = pods.Where(IsWaiting).Where(pod => !_answers.TryGetValue(pod.Metadata.Uid, out var before) || now - before.Asked >= BetweenQuestions).ToList();
        var changed = await Task.WhenAll(due.Select(async pod =>
        {
            var former = _answers.TryGetValue(pod.Metadata.Uid, out var before) ? before.Reason : null;
            var reason = await AskAsync(pod.Status.PodIP, content.RuntimeSpec.Port, cancellationToken);
            _answers[pod.Metadata.Uid] = new Answer(now, reason);
            return !string.Equals(reason, former, StringComparison.Ordinal);
        }));
        foreach (var (uid, _) in _answers.Where(answer => now - answer.Value.Asked > Remembered))
        {
            _answers.TryRemove(uid, out _);
        }

        return changed.Contains(true);
    }

    private static bool IsWaiting(V1Pod pod) =>
        !string.IsNullOrEmpty(pod.Status?.PodIP) && pod.Status.Phase is "Running"
        && pod.Status.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) != true;

    private async Task<string?> AskAsync(string address, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            var answer = await client.SendAsync("GET", new UriBuilder(Uri.UriSchemeHttp, address, port, "/v2/health/ready").Uri, default, AnswerLimit, both.Token);
            var reason = PodText.Parse(answer.Body.Span)?["error"]?.ToString();
            return reason is { Length: > MessageLimit } ? reason[..MessageLimit] : reason;
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private sealed record Answer(DateTimeOffset Asked, string? Reason);
}
