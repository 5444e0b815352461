using MlopsOperator.DevCluster;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>An embedded API server with the committed definitions, shared by the rows of the table.</summary>
public sealed class CrdCluster : IAsyncLifetime
{
    private EmbeddedCluster? cluster;

    internal EmbeddedCluster Cluster => cluster ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        cluster = await EmbeddedCluster.StartAsync(options => options.ApiOnly = true, TestContext.Current.CancellationToken);
        foreach (var file in Directory.GetFiles(RepositoryFolder.Crds, "*.yaml"))
        {
            await cluster.ApplyAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
