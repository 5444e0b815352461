using System.Text;
using k8s;

namespace MlopsOperator.DevCluster.Tests.Faults;

/// <summary>A client over TLS and a loopback port.</summary>
internal static class Connection
{
    public static async Task<Kubernetes> OpenAsync(EmbeddedCluster cluster, string? userAgent = null)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(await cluster.ListenAsync(cancellationToken: TestContext.Current.CancellationToken)));
        var configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(text);
        configuration.UserAgent = userAgent ?? configuration.UserAgent;
        return new Kubernetes(configuration);
    }
}
