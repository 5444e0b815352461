using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>What somebody wants to see of an object that did not become what it should: the object, its events, the logs of its pods.</summary>
internal sealed class FailureReport(ObjectStore store, KindRegistry kinds, IPodLogs? logs)
{
    private const int LinesOfLog = 20;

    public async Task<string> OfAsync(ResourceKind kind, string key, string name, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        if (store.Kind(kind.Storage).Objects.GetValueOrDefault(key) is not { } present)
        {
            return text.Append("There is no such object.").ToString();
        }

        text.Append("It is ").Append(Encoding.UTF8.GetString(present.Json.Span));
        foreach (var happened in store.List("events", null).Objects.Where(e => string.Equals(e.Shared.Text("involvedObject", "name"), name, StringComparison.Ordinal)))
        {
            text.Append('\n').Append(happened.Shared.Text("type")).Append(' ').Append(happened.Shared.Text("reason")).Append(": ").Append(happened.Shared.Text("message"));
        }

        foreach (var pod in PodsOf(present))
        {
            await AppendAsync(text, pod, cancellationToken);
        }

        return text.ToString();
    }

    /// <summary>The object itself if it is a pod, and the pods that it owns, over however many steps.</summary>
    private IEnumerable<StoredObject> PodsOf(StoredObject item)
    {
        var owners = kinds.All.Select(kind => kind.Storage).Distinct(StringComparer.Ordinal)
            .SelectMany(storage => store.List(storage, null).Objects)
            .ToLookup(one => one.Shared.Text("metadata", "uid") ?? "", one => OwnersOf(one.Shared), StringComparer.Ordinal);
        var wanted = item.Shared.Text("metadata", "uid") ?? "";
        return store.List("pods", null).Objects.Where(pod => Climb(pod.Shared.Text("metadata", "uid") ?? "", 0));

        bool Climb(string uid, int steps) =>
            string.Equals(uid, wanted, StringComparison.Ordinal)
            || (steps < 10 && owners[uid].Any(above => above.Any(owner => Climb(owner, steps + 1))));
    }

    private static List<string> OwnersOf(JsonObject item) =>
        [.. (item.Map("metadata").List("ownerReferences") ?? []).Select(owner => owner.Text("uid") ?? "")];

    private async Task AppendAsync(StringBuilder text, StoredObject pod, CancellationToken cancellationToken)
    {
        text.Append("\nPod ").Append(pod.Key).Append(" is ").Append(pod.Shared.Text("status", "phase"));
        var spec = pod.Shared.Map("spec");
        foreach (var container in (spec.List("initContainers") ?? []).Concat(spec.List("containers") ?? []).Select(c => c.Text("name") ?? ""))
        {
            foreach (var previous in new[] { true, false })
            {
                var request = new PodLogRequest(pod.Namespace ?? "", pod.Name, container) { TailLines = LinesOfLog, Previous = previous };
                var stream = logs is null ? null : await logs.OpenAsync(request, cancellationToken);
                if (stream is null)
                {
                    continue;
                }

                using var reader = new StreamReader(stream);
                if (await reader.ReadToEndAsync(cancellationToken) is { Length: > 0 } lines)
                {
                    text.Append("\nlog of ").Append(pod.Name).Append('/').Append(container).Append(previous ? ", before its last restart" : "").Append(":\n").Append(lines.TrimEnd('\n'));
                }
            }
        }
    }
}
