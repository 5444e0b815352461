using System.Net;
using System.Net.Sockets;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class DemoClusterTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: mistaken, namespace: default}
        spec: {replicas: many}
        """;

    [Fact]
    public async Task A_program_that_is_missing_at_the_start_leaves_no_files()
    {
        using var folder = new TemporaryFolder();
        var files = folder.Create("mlops-demo");

        var start = () => DemoCluster.StartAsync(DemoPlaces.At(folder.Checkout(), "bin/Debug"), files, TestContext.Current.CancellationToken);

        await start.Should().ThrowAsync<DemoFailure>().WithMessage("*MlopsOperator.Operator.dll is missing*");
        Directory.Exists(files.FullName).Should().BeFalse();
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_files()
    {
        using var folder = new TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var files = folder.Create("mlops-demo");

        var start = () => DemoCluster.StartAsync(DemoPlaces.Find(), files, cancelled.Token);

        await start.Should().ThrowAsync<OperationCanceledException>();
        Directory.Exists(files.FullName).Should().BeFalse();
    }

    [Fact]
    public async Task A_manifest_that_is_refused_ends_the_start_in_a_sentence_and_leaves_no_files()
    {
        using var folder = new TemporaryFolder();
        var root = folder.Checkout();
        foreach (var project in new[] { "Operator", "Gateway", "ModelServer", "Fetcher" })
        {
            folder.Create("src", $"MlopsOperator.{project}", "bin");
            await File.WriteAllTextAsync(folder.Path("src", $"MlopsOperator.{project}", "bin", $"MlopsOperator.{project}.dll"), "", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(folder.Path("deploy", "manifests", "mistaken.yaml"), Deployment, TestContext.Current.CancellationToken);
        var files = folder.Create("mlops-demo");

        var start = () => DemoCluster.StartAsync(DemoPlaces.At(root, "bin"), files, TestContext.Current.CancellationToken);

        var error = (await start.Should().ThrowAsync<Exception>()).Which;
        DemoFailure.Sentence(error).Should().Contain("mistaken").And.Contain("replicas");
        Directory.Exists(files.FullName).Should().BeFalse();
    }

    /// <summary>The demo itself takes free ports only; whoever gives the cluster a port gets a sentence.</summary>
    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var cluster = await EmbeddedCluster.StartAsync(options => options.ApiOnly = true, TestContext.Current.CancellationToken);

        var listen = () => cluster.ListenAsync(port, TestContext.Current.CancellationToken);

        var error = (await listen.Should().ThrowAsync<IOException>()).Which;
        DemoFailure.Sentence(error).Should().Contain(FormattableString.Invariant($":{port}")).And.Contain("in use").And.NotContain("\n");
    }
}
