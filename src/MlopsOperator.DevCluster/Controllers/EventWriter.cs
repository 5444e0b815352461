using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>
/// Writes core/v1 Events as controllers and the kubelet do: what repeats raises the count of the event that is there.
/// An event that cannot be written is left out: it must never hold up the work it tells of.
/// </summary>
internal sealed class EventWriter(IClusterClient client, TimeProvider time, string component, string host = "")
{
    private const int MaxRemembered = 1_000;
    private readonly Dictionary<string, (string Name, int Count)> remembered = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    // Two components may tell of one object in one moment: each counts in a range of its own.
    private long written = component.Aggregate(17, (hash, letter) => ((hash * 31) + letter) % 9_973) * 1_000L;

    /// <param name="resource">Resource of the object that the event is about.</param>
    /// <param name="subject">The object.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">A word for programs.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="fieldPath">Part of the object, such as spec.containers{main}.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task WriteAsync(ResourceId resource, JsonObject subject, string type, string reason, string message, string? fieldPath, CancellationToken cancellationToken)
    {
        var space = subject.Namespace() ?? "default";
        var now = time.GetUtcNow();
        var identity = string.Join('\n', subject.Uid(), type, reason, message, fieldPath);
        var (name, count) = Remember(identity, subject, now);
        try
        {
            if (count > 1)
            {
                var patch = new JsonObject { ["count"] = count, ["lastTimestamp"] = now.ToApiTime() };
                await client.MergePatchAsync(ResourceId.Events, space, name, patch, cancellationToken);
                return;
            }

            var content = Content(resource, subject, type, reason, message, fieldPath, now);
            content["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space };
            await client.CreateAsync(ResourceId.Events, content, cancellationToken);
        }
        catch (ClusterApiException)
        {
            lock (gate)
            {
                remembered.Remove(identity);
            }
        }
    }

    private (string Name, int Count) Remember(string identity, JsonObject subject, DateTimeOffset now)
    {
        lock (gate)
        {
            if (remembered.Count >= MaxRemembered)
            {
                remembered.Clear();
            }

            var entry = remembered.TryGetValue(identity, out var known)
                ? (known.Name, Count: known.Count + 1)
                : (Name: $"{subject.Name()}.{(now.ToUnixTimeMilliseconds() * 1_000_000) + written++:x}", Count: 1);
            remembered[identity] = entry;
            return entry;
        }
    }

    private JsonObject Content(ResourceId resource, JsonObject subject, string type, string reason, string message, string? fieldPath, DateTimeOffset now)
    {
        var involved = new JsonObject
        {
            ["kind"] = resource.Kind,
            ["namespace"] = subject.Namespace(),
            ["name"] = subject.Name(),
            ["uid"] = subject.Uid(),
            ["apiVersion"] = resource.ApiVersion,
            ["resourceVersion"] = subject.Child("metadata").Text("resourceVersion"),
        };
        if (fieldPath is not null)
        {
            involved["fieldPath"] = fieldPath;
        }

        var source = new JsonObject { ["component"] = component };
        if (host.Length > 0)
        {
            source["host"] = host;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["involvedObject"] = involved,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = source,
            ["firstTimestamp"] = now.ToApiTime(),
            ["lastTimestamp"] = now.ToApiTime(),
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,
            ["reportingComponent"] = component,
            ["reportingInstance"] = host,
        };
    }
}
