using System.Text.Json.Nodes;
using MlopsOperator.Api.Tests;
using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.ClusterTests.Cluster;
using MlopsOperator.ControllerRuntime.Transport;

[assembly: AssemblyFixture(typeof(TestCluster))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace MlopsOperator.ClusterTests.Cluster;

/// <summary>The cluster that the environment names, with the CRDs installed for the time of the tests.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> _crds = [];
    private HttpTransport? _transport;

    internal HttpTransport Transport => _transport ?? throw new InvalidOperationException("not started");

    internal ClusterApi Api => new(Transport);

    /// <summary>The definitions as the server accepted them.</summary>
    internal IReadOnlyList<string> Definitions => _crds;

    public async ValueTask InitializeAsync()
    {
        var configuration = ClusterChoice.Read(Environment.GetEnvironmentVariable);
        _transport = new HttpTransport(() => ClusterChoice.Read(Environment.GetEnvironmentVariable), TimeProvider.System);
        var version = (string?)(await Api.GetAsync("/version"))["gitVersion"];
        await Console.Out.WriteLineAsync($"!!!! These tests run against {configuration.Host} (context {configuration.CurrentContext}, Kubernetes {version}): they install and remove CRDs, cluster roles and namespaces there.");
        await RefuseInstalledAsync();
        foreach (var file in Directory.GetFiles(RepositoryFolder.Crds, "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var definition in YamlJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
            {
                var name = (string)definition["metadata"]!["name"]!;
                _crds.Add(name);
                await Api.ApplyAsync(definition);
                await Waiting.UntilAsync($"Established {name}", Patience, async () => Established(await Api.GetAsync($"{Crds}/{name}")));

                // Established comes before the server's own cache: until that is filled, a list is refused (429, "storage is (re)initializing").
                var path = $"/apis/mlops-operator.io/v1alpha1/{name.Split('.')[0]}";
                await Waiting.UntilAsync($"list of {name}", Patience, async () => (await Api.SendAsync("GET", path)).Status == 200, async () => (await Api.SendAsync("GET", path)).Text);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_transport is null)
        {
            return;
        }

        try
        {
            foreach (var name in _crds)
            {
                await Api.SendAsync("DELETE", $"{Crds}/{name}");
            }

            foreach (var name in _crds)
            {
                await Waiting.UntilAsync($"end of {name}", Patience, async () => (await Api.SendAsync("GET", $"{Crds}/{name}")).Status == 404);
            }
        }
        finally
        {
            _transport.Dispose();
        }
    }

    /// <summary>Whether a definition is served, and its schema has nothing that is not structural.</summary>
    internal static bool Established(JsonObject definition)
    {
        var conditions = definition["status"]?["conditions"]?.AsArray() ?? [];
        return Has("Established") && Has("NamesAccepted") && !Has("NonStructuralSchema");

        bool Has(string type) => conditions.Any(condition => string.Equals((string?)condition!["type"], type, StringComparison.Ordinal) && (string?)condition["status"] is "True");
    }

    /// <summary>What someone else installed is not ours to change and to remove.</summary>
    private async Task RefuseInstalledAsync()
    {
        var definitions = (await Api.GetAsync(Crds))["items"]!.AsArray().Select(one => (string)one!["metadata"]!["name"]!);
        if (definitions.FirstOrDefault(name => name.EndsWith(".mlops-operator.io", StringComparison.Ordinal)) is { } present)
        {
            throw new InvalidOperationException(
                $"the cluster has {present} already; expected a cluster without this product, as these tests end by removing it. If an earlier run left it: kubectl delete -f crds -f deploy/manifests");
        }
    }
}
