using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>The last reason that one of the pods gave.</summary>
    public string? Reason(IReadOnlyList<V1Pod> pods) => pods
        .Where(IsWaiting)
        .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
        .Select(pod => _answers.TryGetValue(pod.Metadata.Uid, out var answer) && answer.Reason is not null ? $"pod {pod.Metadata.Name} is not ready: {answer.Reason}" : null)
        .FirstOrDefault(reason => reason is not null);

    /// <summary>Asks those that were not asked in the last two seconds. Answers are there at the next observation.</summary>
    public async Task AskAsync(IReadOnlyList<V1Pod> pods, RevisionContent content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var pod in pods.Where(IsWaiting))
        {
            if (_answers.TryGetValue(pod.Metadata.Uid, out var before) && now - before.Asked < BetweenQuestions)
            {
                continue;
            }

            _answers[pod.Metadata.Uid] = new Answer(now, await AskAsync(pod.Status.PodIP, content.RuntimeSpec.Port, cancellationToken));
        }
    }

    /// <summary>Forgets pods that are ready or gone.</summary>
    public void Keep(IReadOnlySet<string> uids)
    {
        foreach (var uid in _answers.Keys.Where(uid => !uids.Contains(uid)).ToList())
        {
            _answers.TryRemove(uid, out _);
        }
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
            var reason = (JsonNode.Parse(answer.Body.Span) as JsonObject)?["error"]?.ToString();
            return reason is { Length: > MessageLimit } ? reason[..MessageLimit] : reason;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private sealed record Answer(DateTimeOffset Asked, string? Reason);
}
