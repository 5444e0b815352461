using k8s;
using k8s.Models;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.World;
using MlopsOperator.Operator.Traffic.BuiltIn;

namespace MlopsOperator.Operator.Tests.Traffic.BuiltIn;

/// <summary>The policy in front of the gateways fits the pods and ports of the other manifests.</summary>
public sealed class GatewayNetworkPolicyTests
{
    private static readonly V1Deployment Operator = Read("20-operator.yaml").OfType<V1Deployment>().Single();
    private static readonly V1Deployment Gateway = Read("40-gateway.yaml").OfType<V1Deployment>().Single();
    private static readonly V1NetworkPolicy Policy = Read("50-gateway-network.yaml").OfType<V1NetworkPolicy>().Single();

    [Fact]
    public void It_selects_the_gateways_and_speaks_of_what_reaches_them_only()
    {
        Policy.Metadata.NamespaceProperty.Should().Be(Gateway.Metadata.NamespaceProperty);
        Gateway.Spec.Template.Metadata.Labels.Should().Contain(Policy.Spec.PodSelector.MatchLabels).And.NotBeEmpty();
        Policy.Spec.PolicyTypes.Should().Equal("Ingress");
    }

    [Fact]
    public void Everything_reaches_the_port_of_requests()
    {
        var open = Policy.Spec.Ingress.Single(rule => rule.FromProperty is null or []);

        open.Ports.Should().ContainSingle().Which.Port.Value.Should().Be(Port("http"));
    }

    [Fact]
    public void Only_the_operator_reaches_telemetry()
    {
        var limited = Policy.Spec.Ingress.Single(rule => rule.FromProperty is { Count: > 0 });

        limited.Ports.Should().ContainSingle().Which.Port.Value.Should().Be(Port(GatewayDirectory.TelemetryPort));
        var peer = limited.FromProperty.Should().ContainSingle().Subject;
        peer.NamespaceSelector.Should().BeNull("the operator runs in the gateways' namespace");
        Operator.Metadata.NamespaceProperty.Should().Be(Policy.Metadata.NamespaceProperty);
        Operator.Spec.Template.Metadata.Labels.Should().Contain(peer.PodSelector.MatchLabels);
        Gateway.Spec.Template.Metadata.Labels.Should().NotContain(peer.PodSelector.MatchLabels);
    }

    [Fact]
    public async Task A_cluster_takes_all_manifests()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(_ => { }, TestContext.Current.CancellationToken);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "deploy", "manifests"), "*.yaml").Order(StringComparer.Ordinal))
        {
            await cluster.ApplyAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }

        var answer = await cluster.SendAsync(
            "GET", "/apis/networking.k8s.io/v1/namespaces/mlops-system/networkpolicies/mlops-gateway", default, null, "test", TestContext.Current.CancellationToken);
        answer.Status.Should().Be(200);
    }

    private static string Port(string name) =>
        Gateway.Spec.Template.Spec.Containers[0].Ports.Single(port => port.Name == name).ContainerPort.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static List<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "manifests", file)));
}
