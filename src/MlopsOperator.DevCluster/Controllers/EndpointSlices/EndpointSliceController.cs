using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers.EndpointSlices;

/// <summary>EndpointSlices of Services that select pods: who can be reached, who serves, who is on its way out.</summary>
internal sealed class EndpointSliceController : IAsyncDisposable
{
    private readonly IClusterClient client;
    private readonly ControllerLoop loop;

    // Selectors by Service, so that a pod finds its Services, also those that it has just left.
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> selectors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> podLabels = new(StringComparer.Ordinal);

    public EndpointSliceController(IClusterClient client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        loop = new ControllerLoop("EndpointSlice controller", ReconcileAsync, time, logger);
    }

    public bool IsIdle => loop.IsIdle;

    public Task RunAsync(CancellationToken cancellationToken) => ControllerLoop.RunAllAsync(
        cancellationToken,
        loop.WatchAsync(client, ResourceId.Services, OnService, cancellationToken),
        loop.WatchAsync(client, ResourceId.Pods, OnPod, cancellationToken),
        loop.WatchAsync(client, ResourceId.EndpointSlices, OnSlice, cancellationToken),
        loop.RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private void OnService(ClusterChange change)
    {
        var key = change.Object.Key();
        var selector = change.Object.Child("spec").Map("selector");
        if (change.Type is "DELETED" || selector.Count == 0)
        {
            selectors.TryRemove(key, out _);
        }
        else
        {
            selectors[key] = selector;
        }

        loop.Add(key);
    }

    private void OnPod(ClusterChange change)
    {
        var key = change.Object.Key();
        var now = change.Object.Labels();
        var before = podLabels.TryGetValue(key, out var known) ? known : now;
        if (change.Type is "DELETED")
        {
            podLabels.TryRemove(key, out _);
        }
        else
        {
            podLabels[key] = now;
        }

        var prefix = $"{change.Object.Namespace()}/";
        foreach (var (service, selector) in selectors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (service.StartsWith(prefix, StringComparison.Ordinal) && (LabelSelection.MatchesAll(selector, now) || LabelSelection.MatchesAll(selector, before)))
            {
                loop.Add(service);
            }
        }
    }

    private void OnSlice(ClusterChange change)
    {
        if (change.Object.Labels().TryGetValue(EndpointSliceContent.ServiceNameLabel, out var service))
        {
            loop.Add($"{change.Object.Namespace()}/{service}");
        }
    }

    private async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        var (space, name) = ObjectFields.SplitKey(key);
        var service = await client.GetAsync(ResourceId.Services, space, name, cancellationToken);

        // Slices of a Service that is gone are garbage; without a selector somebody else writes them.
        if (service is null || service.IsBeingDeleted() || service.Child("spec").Map("selector") is not { Count: > 0 } selector
            || service.Child("spec").Text("type") is "ExternalName")
        {
            return null;
        }

        var pods = (await client.ListAsync(ResourceId.Pods, space, null, cancellationToken)).Where(pod => LabelSelection.MatchesAll(selector, pod.Labels()));
        var wanted = EndpointSliceContent.Build(service, pods);
        var slices = (await client.ListAsync(ResourceId.EndpointSlices, space, null, cancellationToken)).Where(slice => IsOurs(slice, service))
            .OrderBy(slice => slice.Name(), StringComparer.Ordinal).ToList();
        var labels = EndpointSliceContent.Labels(service);
        foreach (var (endpoints, ports) in wanted)
        {
            // The slice with the same ports goes on; one that is left over is used before a new one is made.
            var slice = slices.Find(candidate => JsonNode.DeepEquals(candidate["ports"], ports)) ?? slices.Find(candidate => !wanted.Any(other => JsonNode.DeepEquals(candidate["ports"], other.Ports)));
            if (slice is not null)
            {
                slices.Remove(slice);
            }

            await WriteAsync(service, slice, labels, endpoints, ports, cancellationToken);
        }

        foreach (var slice in slices)
        {
            await client.DeleteAsync(ResourceId.EndpointSlices, space, slice.Name(), slice.Uid(), null, null, cancellationToken);
        }

        return null;
    }

    private async Task WriteAsync(JsonObject service, JsonObject? slice, JsonObject labels, JsonArray? endpoints, JsonArray? ports, CancellationToken cancellationToken)
    {
        if (slice is not null)
        {
            if (JsonNode.DeepEquals(slice["endpoints"], endpoints) && JsonNode.DeepEquals(slice["ports"], ports) && JsonNode.DeepEquals(slice.Child("metadata").Child("labels"), labels))
            {
                return;
            }

            slice.Child("metadata")!["labels"] = labels.DeepClone();
            slice["endpoints"] = endpoints;
            slice["ports"] = ports;
            await client.UpdateAsync(ResourceId.EndpointSlices, slice, cancellationToken);
            return;
        }

        var content = new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["kind"] = "EndpointSlice",
            ["metadata"] = new JsonObject
            {
                ["generateName"] = $"{service.Name()}-",
                ["namespace"] = service.Namespace(),
                ["labels"] = labels.DeepClone(),
                ["ownerReferences"] = new JsonArray(ResourceId.Services.ControllerReference(service)),
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = endpoints,
            ["ports"] = ports,
        };
        await client.CreateAsync(ResourceId.EndpointSlices, content, cancellationToken);
    }

    private static bool IsOurs(JsonObject slice, JsonObject service) =>
        !slice.IsBeingDeleted()
        && string.Equals(slice.Labels().GetValueOrDefault(EndpointSliceContent.ServiceNameLabel), service.Name(), StringComparison.Ordinal)
        && string.Equals(slice.Labels().GetValueOrDefault(EndpointSliceContent.ManagedByLabel), EndpointSliceContent.Manager, StringComparison.Ordinal)
        && slice.IsControlledBy(service);
}
