using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.Scale.Cluster;

/// <summary>A node without a kubelet: pods that are bound to it are Running and Ready at once, and gone as soon as they are deleted. No container runs.</summary>
internal sealed class SimulatedNode(ScaleApi api, TimeProvider time) : IAsyncDisposable
{
    public const string Name = "scale-node";

    private static readonly string[] ConditionTypes = ["PodScheduled", "Initialized", "ContainersReady", "Ready"];
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;
    private Collection? _pods;
    private int _addresses;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await api.ApplyAsync($"/api/v1/nodes/{Name}", $$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{Name}}","labels":{"kubernetes.io/hostname":"{{Name}}"} } }""", cancellationToken);
        await BeatAsync(cancellationToken);
        _pods = await Collection.FollowAsync(api, "/api/v1/pods", time, cancellationToken, ServeAsync);
        _beating = BeatOnAsync(_stop.Token);
    }

    /// <summary>What broke the node, if anything did.</summary>
    public Exception? Failure => _pods?.Failure ?? _beating.Exception?.InnerException;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _beating;
        }
        catch (OperationCanceledException)
        {
        }

        if (_pods is not null)
        {
            await _pods.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task BeatOnAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await BeatAsync(cancellationToken);
        }
    }

    private Task<JsonNode> BeatAsync(CancellationToken cancellationToken) => api.MergeAsync(
        $"/api/v1/nodes/{Name}/status",
        $$$"""
        {"status":{"capacity":{"cpu":"10000","memory":"10000Gi","pods":"20000","ephemeral-storage":"10000Gi"},"allocatable":{"cpu":"10000","memory":"10000Gi","pods":"20000","ephemeral-storage":"10000Gi"},
        "conditions":[{"type":"Ready","status":"True","reason":"Simulated","message":"no kubelet","lastHeartbeatTime":"{{{Now()}}}","lastTransitionTime":"{{{Now()}}}"}]}}
        """,
        cancellationToken);

    private async Task ServeAsync(JsonNode pod, CancellationToken cancellationToken)
    {
        if ((string?)pod["spec"]!["nodeName"] is not Name)
        {
            return;
        }

        var path = $"/api/v1/namespaces/{(string?)pod["metadata"]!["namespace"]}/pods/{(string?)pod["metadata"]!["name"]}";
        try
        {
            if (pod["metadata"]!["deletionTimestamp"] is not null)
            {
                await api.DeleteNowAsync(path, cancellationToken);
            }
            else if ((string?)pod["status"]?["phase"] is not "Running")
            {
                await api.MergeAsync($"{path}/status", Running(pod), cancellationToken);
            }
        }
        catch (InvalidOperationException gone) when (gone.Message.Contains("found 404", StringComparison.Ordinal))
        {
        }
    }

    private string Running(JsonNode pod)
    {
        var number = Interlocked.Increment(ref _addresses);
        var address = string.Create(CultureInfo.InvariantCulture, $"10.{200 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}");
        JsonArray conditions = [.. ConditionTypes.Select(type => new JsonObject { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = Now() })];
        JsonArray containers =
        [
            .. pod["spec"]!["containers"]!.AsArray().Select(container => new JsonObject
            {
                ["name"] = (string?)container!["name"],
                ["image"] = (string?)container["image"],
                ["imageID"] = "",
                ["ready"] = true,
                ["started"] = true,
                ["restartCount"] = 0,
                ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Now() } },
            }),
        ];
        return new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["podIP"] = address,
                ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address }),
                ["startTime"] = Now(),
                ["conditions"] = conditions,
                ["containerStatuses"] = containers,
            },
        }.ToJsonString();
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
