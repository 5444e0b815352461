using System.Text.Json.Nodes;
using MlopsOperator.ClusterTests.Cluster;

namespace MlopsOperator.ClusterTests.Rollouts;

/// <summary>The sample deployment "delays": asks for versions, looks at rollouts, pods and route.</summary>
internal sealed class Release(InstalledProduct product)
{
    private const string Group = $"/apis/mlops-operator.io/v1alpha1/namespaces/{InstalledProduct.DemoNamespace}";

    private const string Pods = $"/api/v1/namespaces/{InstalledProduct.DemoNamespace}/pods";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    public const string Deployment = $"{Group}/modeldeployments/delays";

    /// <summary>Waits until a rollout has ended; it, and the pods that took the candidate's first share of the traffic.</summary>
    public async Task<(JsonObject Rollout, IReadOnlySet<string> Judged)> EndAsync(int number)
    {
        IReadOnlySet<string> judged = new HashSet<string>(StringComparer.Ordinal);
        var ended = await Waiting.UntilAsync(
            FormattableString.Invariant($"end of rollout {number}"),
            Patience,
            async () =>
            {
                var rollout = await RolloutAsync(number);
                if (judged.Count == 0 && rollout?["status"] is { } status && status["promotedAt"] is null && (int?)status["weights"]?["candidate"] > 0)
                {
                    judged = await PodsAsync(rollout);
                }

                return rollout?["status"]?["finishedAt"] is null ? null : rollout;
            },
            async () => $"{(await RolloutAsync(number))?["status"]?.ToJsonString()}\n{await product.TroubleAsync()}");
        return (ended, judged);
    }

    /// <summary>Asks for a version, as <c>kubectl patch</c> does.</summary>
    public async Task AskForAsync(string version) =>
        (await product.Api.SendAsync("PATCH", Deployment, new JsonObject { ["spec"] = new JsonObject { ["modelVersionRef"] = new JsonObject { ["name"] = version } } }, ClusterApi.MergePatch)).Successful();

    /// <summary>Waits until the serving version has so much history that a verdict can be reached soon.</summary>
    public Task HistoryAsync(double blocks) => Waiting.UntilAsync(
        "history of the serving version",
        Patience,
        async () => (double?)(await product.Api.GetAsync(Deployment))["status"]?["baseline"]?["blocks"] >= blocks,
        async () => $"{(await product.Api.GetAsync(Deployment))["status"]?.ToJsonString()}\n{await product.TroubleAsync()}");

    /// <summary>Uids and restarts of the pods of a rollout's new revision.</summary>
    public async Task<IReadOnlySet<string>> PodsAsync(JsonObject rollout)
    {
        var selector = Uri.EscapeDataString($"mlops-operator.io/revision={rollout["spec"]!["to"]!["revision"]}");
        return (await product.Api.GetAsync($"{Pods}?labelSelector={selector}"))["items"]!.AsArray()
            .Where(pod => pod!["metadata"]!["deletionTimestamp"] is null)
            .Select(pod => $"{pod!["metadata"]!["uid"]} restarted {pod["status"]!["containerStatuses"]?[0]?["restartCount"]} times")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Waits until the route sends everything to one version.</summary>
    public Task RouteAsync(string version) => Waiting.UntilAsync(
        $"route with {version} alone",
        Patience,
        async () => (await product.Api.GetAsync($"{Group}/gatewayroutes/delays"))["spec"]!["backends"]!.AsArray() is [{ } only]
            && (string?)only["modelVersion"] == version && (int?)only["weight"] == 10_000,
        async () => (await product.Api.GetAsync($"{Group}/gatewayroutes/delays")).ToJsonString());

    /// <summary>What the deployment owned is gone: its pods, workloads, Services and route.</summary>
    public async Task<bool> NothingIsLeftAsync()
    {
        foreach (var collection in new[]
        {
            $"/apis/apps/v1/namespaces/{InstalledProduct.DemoNamespace}/deployments",
            $"/apis/apps/v1/namespaces/{InstalledProduct.DemoNamespace}/controllerrevisions",
            $"/api/v1/namespaces/{InstalledProduct.DemoNamespace}/services",
            $"{Group}/gatewayroutes",
            $"{Group}/modelrollouts",
            $"{Pods}?labelSelector=mlops-operator.io%2Fdeployment%3Ddelays",
        })
        {
            if ((await product.Api.GetAsync(collection))["items"]!.AsArray().Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<JsonObject?> RolloutAsync(int number) =>
        (await product.Api.GetAsync($"{Group}/modelrollouts"))["items"]!.AsArray().FirstOrDefault(rollout => (int?)rollout!["spec"]!["number"] == number) as JsonObject;
}
