using System.Text.Json.Nodes;
using MlopsOperator.Api.Tests;
using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.ClusterTests.Cluster;

namespace MlopsOperator.ClusterTests.Rollouts;

/// <summary>Operator and gateways as pods, by the manifests that people apply, and the demo's namespace; removed at the end.</summary>
public sealed class InstalledProduct(TestCluster cluster) : IAsyncLifetime
{
    public const string SystemNamespace = "mlops-system";

    public const string DemoNamespace = "demo";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<string> _applied = [];

    internal ClusterApi Api => cluster.Api;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { SystemNamespace, DemoNamespace })
        {
            (await Api.SendAsync("GET", $"/api/v1/namespaces/{name}")).Status.Should().Be(404, $"namespace {name} must not be there: these tests make it, and remove it at the end");
        }

        await ImageLoader.LoadAsync(Environment.GetEnvironmentVariable(ImageLoader.Variable), TestContext.Current.CancellationToken);
        await ApplyFolderAsync("deploy", "manifests");
        foreach (var deployment in new[] { "mlops-operator", "mlops-gateway" })
        {
            var path = $"/apis/apps/v1/namespaces/{SystemNamespace}/deployments/{deployment}";
            await Waiting.UntilAsync($"available Deployment {deployment}", Patience, async () => IsAvailable(await Api.GetAsync(path)), TroubleAsync);
        }

        await ApplyFolderAsync("deploy", "samples", "demo");
    }

    public async ValueTask DisposeAsync()
    {
        // The last first: the operator sees its namespaces go.
        foreach (var path in Enumerable.Reverse(_applied))
        {
            await Api.SendAsync("DELETE", path);
        }

        foreach (var path in _applied)
        {
            await Waiting.UntilAsync($"end of {path}", Patience, async () => (await Api.SendAsync("GET", path)).Status == 404);
        }
    }

    /// <summary>States of all pods, and the end of the operator's log, for the text of a failure.</summary>
    internal async Task<string> TroubleAsync()
    {
        var texts = new List<string>();
        foreach (var name in new[] { SystemNamespace, DemoNamespace })
        {
            foreach (var pod in (await Api.GetAsync($"/api/v1/namespaces/{name}/pods"))["items"]!.AsArray())
            {
                texts.Add($"{pod!["metadata"]!["name"]}: {pod["status"]!["initContainerStatuses"]?.ToJsonString()} {pod["status"]!["containerStatuses"]?.ToJsonString()}");
            }
        }

        var lines = (await LogAsync("mlops-operator")).Split('\n');
        return string.Join('\n', [.. texts, .. lines.TakeLast(20)]);
    }

    /// <summary>Logs of the pods of a Deployment of the product.</summary>
    internal async Task<string> LogAsync(string deployment)
    {
        var pods = $"/api/v1/namespaces/{SystemNamespace}/pods";
        var texts = new List<string>();
        foreach (var pod in (await Api.GetAsync($"{pods}?labelSelector=app.kubernetes.io%2Fname%3D{deployment}"))["items"]!.AsArray())
        {
            texts.Add((await Api.SendAsync("GET", $"{pods}/{pod!["metadata"]!["name"]}/log")).Text);
        }

        return string.Join('\n', texts);
    }

    private static bool IsAvailable(JsonObject deployment) => (int?)deployment["status"]?["availableReplicas"] == (int?)deployment["spec"]!["replicas"];

    private async Task ApplyFolderAsync(params string[] folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine([RepositoryFolder.Root, .. folder]), "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var manifest in YamlJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
            {
                _applied.Add(await Api.PathAsync(manifest));
                await Api.ApplyAsync(manifest);
            }
        }
    }
}
