using k8s;
using k8s.Models;

namespace MlopsOperator.DevCluster.Tests.Transports;

public sealed class EndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_has_the_kubeconfig_may_read_write_and_watch()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        using var client = await ConnectAsync(cluster, token => token);

        var watch = client.CoreV1.WatchListNamespacedConfigMapAsync("default", cancellationToken: Cancelled).GetAsyncEnumerator(Cancelled);
        var first = watch.MoveNextAsync();
        await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" } }, "default", cancellationToken: Cancelled);

        (await first).Should().BeTrue();
        watch.Current.Item2.Name().Should().Be("a");
        await watch.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_has_another_token_is_refused()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        using var client = await ConnectAsync(cluster, _ => "guessed");

        var list = () => client.CoreV1.ListNamespaceAsync(cancellationToken: Cancelled);

        (await list.Should().ThrowAsync<k8s.Autorest.HttpOperationException>()).Which.Response.StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_kubeconfig_file_is_its_owners_alone()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        var folder = Directory.CreateTempSubdirectory("devcluster-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "kubeconfig");
            await cluster.ListenAsync(file, cancellationToken: Cancelled);

            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            (await File.ReadAllTextAsync(file, Cancelled)).Should().Contain("server: https://127.0.0.1:");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Kubernetes> ConnectAsync(EmbeddedCluster cluster, Func<string, string> token)
    {
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(await cluster.ListenAsync(cancellationToken: Cancelled)));
        var configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(text);
        configuration.AccessToken = token(configuration.AccessToken);
        return new Kubernetes(configuration);
    }
}
