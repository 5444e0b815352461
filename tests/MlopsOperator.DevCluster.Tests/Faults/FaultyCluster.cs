using System.Text;

namespace MlopsOperator.DevCluster.Tests.Faults;

/// <summary>An API alone, under a fake clock, and the few requests that the tests of faults make.</summary>
internal static class FaultyCluster
{
    public const string Maps = "/api/v1/namespaces/default/configmaps";
    public const string WatchMaps = Maps + "?watch=true";

    public static Task<EmbeddedCluster> StartAsync(TimeProvider clock) =>
        EmbeddedCluster.StartAsync(o => (o.ApiOnly, o.Time) = (true, clock), TestContext.Current.CancellationToken);

    /// <summary>Creates or changes a ConfigMap as a client of this name.</summary>
    public static async Task<int> PutMapAsync(this EmbeddedCluster cluster, string name, string value = "1", string client = "operator")
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"x":"{{{value}}}"}}""");
        var answer = await cluster.SendAsync("PATCH", $"{Maps}/{name}?fieldManager=writer&force=true", body, "application/apply-patch+yaml", client, TestContext.Current.CancellationToken);
        return answer.Status;
    }

    public static async Task<int> StatusAsync(this EmbeddedCluster cluster, string method, string path, string client = "operator") =>
        (await cluster.SendAsync(method, path, userAgent: client, cancellationToken: TestContext.Current.CancellationToken)).Status;

    public static Task<ClusterWatch> OpenAsync(this EmbeddedCluster cluster, string path = WatchMaps, string client = "operator") =>
        cluster.WatchAsync(path, client, TestContext.Current.CancellationToken);

    public static async Task<bool> HasMapAsync(this EmbeddedCluster cluster, string name) => await cluster.StatusAsync("GET", $"{Maps}/{name}", "looker") == 200;
}
