using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Soak;

/// <summary>A second deployment that nobody changes: its model servers live through the whole soak, while those of rollouts come and go.</summary>
internal static class SteadyDeployment
{
    public const string Name = "steady";
    public const string Host = "steady.example.com";

    public const string Manifest = $$"""
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelDeployment
        metadata: {name: {{Name}}, namespace: {{DemoNames.Namespace}}}
        spec:
          modelVersionRef: {name: {{DemoNames.FirstVersion}}}
          strategyRef: {name: quick}
          replicas: 1
          traffic: {hosts: [{{Host}}], exposeVersion: true}
        """;
}
