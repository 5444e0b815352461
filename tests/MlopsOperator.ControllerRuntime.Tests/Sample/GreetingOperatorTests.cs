using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Greetings;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.DevCluster;

namespace MlopsOperator.ControllerRuntime.Tests.Sample;

/// <summary>The operator that the README shows, against an API over TLS and HTTP/2.</summary>
public sealed partial class GreetingOperatorTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: greetings.example.com
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Greeting, listKind: GreetingList, plural: greetings, singular: greeting}
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        name: {type: string}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_operator_keeps_what_it_promises()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            options =>
            {
                options.Crds.FromText(Definition);
            },
            Token);
        await cluster.ApplyAsync(Named("World"), Token);
        var kubeconfig = await cluster.ListenAsync(cancellationToken: Token);

        await using var application = GreetingOperator.Create(() => Configuration(kubeconfig), "--urls=http://127.0.0.1:0");
        await application.StartAsync(Token);

        await cluster.UntilAsync<V1ConfigMap>("sample", map => map.Data["text"] is "Hello, World!", cancellationToken: Token);
        await cluster.ApplyAsync(Named("Kubernetes"), Token);
        await cluster.UntilAsync<V1ConfigMap>("sample", map => map.Data["text"] is "Hello, Kubernetes!", cancellationToken: Token);
        using var client = cluster.CreateClient();
        await client.CoreV1.DeleteNamespacedConfigMapAsync("sample", "default", cancellationToken: Token);
        await cluster.UntilAsync<V1ConfigMap>("sample", map => map.Data["text"] is "Hello, Kubernetes!", cancellationToken: Token);
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(application.Urls.First() + "/readyz"), Token);
        ready.StatusCode.Should().Be(HttpStatusCode.OK);

        await application.StopAsync(Token);

        application.Services.GetRequiredService<OperatorRuntime>().Fault.Should().BeNull();
        var lease = await client.CoordinationV1.ReadNamespacedLeaseAsync("greetings", "default", cancellationToken: Token);
        lease.Spec.HolderIdentity.Should().BeNullOrEmpty("a stop releases the lease");
    }

    [Fact]
    public async Task The_README_shows_the_sample_as_it_is()
    {
        var root = RepositoryFolder.Path;
        var readme = await File.ReadAllTextAsync(Path.Combine(root, "src/MlopsOperator.ControllerRuntime/README.md"), Token);
        var shown = CSharpBlocks().Matches(readme).Select(block => block.Groups["code"].Value);

        var sample = Path.Combine(root, "tests/MlopsOperator.ControllerRuntime.Tests/Sample");
        shown.Should().Equal(
            await File.ReadAllTextAsync(Path.Combine(sample, "Greeting.cs"), Token),
            await File.ReadAllTextAsync(Path.Combine(sample, "GreetingOperator.cs"), Token));
    }

    private static KubernetesClientConfiguration Configuration(string kubeconfig)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(kubeconfig));
        return KubernetesClientConfiguration.BuildConfigFromConfigFile(text);
    }

    private static string Named(string name) => $"{{\"apiVersion\":\"example.com/v1\",\"kind\":\"Greeting\",\"metadata\":{{\"name\":\"sample\",\"namespace\":\"default\"}},\"spec\":{{\"name\":\"{name}\"}}}}";

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpBlocks();
}
