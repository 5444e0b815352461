using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Logs;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>The one node of the cluster, with its scheduler: binds pods, runs them, tells their status, and ends them.</summary>
internal sealed class ClusterNode(PodOptions options, TimeProvider time, ILogger logger) : IClusterComponent, IPodLogs
{
    public const string Name = "devcluster";
    public const string HostAddress = "127.0.0.1";

    private readonly ConcurrentDictionary<string, PodState> pods = new(StringComparer.Ordinal);
    private volatile ControllerLoop? loop;

    public bool IsIdle => loop?.IsIdle ?? true;

    public async Task RunAsync(IClusterClient client, CancellationToken cancellationToken)
    {
        ControllerLoop? current = null;
        await using var services = new NodeServices(client, options, time, key => current?.Add(key));
        var synchronizer = new PodSynchronizer(client, services, pods);
        await using var worker = new ControllerLoop("Node", synchronizer.SyncAsync, time, logger);
        current = loop = worker;
        void OnRulesChanged(object? sender, EventArgs arguments)
        {
            foreach (var key in synchronizer.Keys)
            {
                worker.Add(key);
            }
        }

        options.Changed += OnRulesChanged;
        try
        {
            await NodeObject.RegisterAsync(client, options, time.GetUtcNow(), cancellationToken);
            await ControllerLoop.RunAllAsync(
                cancellationToken,
                worker.WatchAsync(client, ResourceId.Pods, change => worker.Add(change.Object.Key()), cancellationToken),
                worker.RunAsync(cancellationToken));
        }
        finally
        {
            options.Changed -= OnRulesChanged;
            foreach (var state in pods.Values)
            {
                await PodLifecycle.KillAsync(state);
            }
        }
    }

    public Task<Stream?> OpenAsync(PodLogRequest request, CancellationToken cancellationToken)
    {
        var container = pods.TryGetValue($"{request.Namespace}/{request.Pod}", out var state)
            ? state.AllContainers.FirstOrDefault(candidate => string.Equals(candidate.Name, request.Container, StringComparison.Ordinal))
            : null;
        if (container is null || (request.Previous ? container.Previous is null : container.Run is null))
        {
            return Task.FromResult<Stream?>(null);
        }

        var log = request.Previous ? container.PreviousLog : container.Log;
        return Task.FromResult<Stream?>(log is null ? Stream.Null : new LogStream(log, request));
    }
}
