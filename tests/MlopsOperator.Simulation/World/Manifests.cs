namespace MlopsOperator.Simulation.World;

/// <summary>Manifests that stories begin from.</summary>
internal static class Manifests
{
    /// <summary>Spec of the quick strategy, in one line of YAML.</summary>
    public const string Canary =
        "{canary: {steps: [{weight: 10%, wait: 1s}, {weight: 50%, wait: 1s}]}, "
        + "analysis: {interval: 250ms, metrics: [{name: errors, errorRate: {ceiling: 5%, ratio: 1.5, floor: 0.1%}, required: true}]}, bake: 2s}";

    /// <summary>Gateways, a runtime, three versions, a quick strategy and a deployment of the first version.</summary>
    public const string Base = $$$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: mlops-system}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: prod}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: mlops-gateway, namespace: mlops-system}
        spec:
          replicas: 2
          selector: {matchLabels: {app: gateway}}
          template:
            metadata: {labels: {app: gateway}}
            spec: {containers: [{name: gateway, image: gateway, ports: [{name: telemetry, containerPort: 9090}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: mlops-gateway, namespace: mlops-system}
        spec:
          selector: {app: gateway}
          ports: [{name: telemetry, port: 9090, targetPort: telemetry}]
        ---
        apiVersion: mlops-operator.io/v1alpha1
        kind: ClusterModelRuntime
        metadata: {name: onnx}
        spec:
          formats: [{name: onnx}]
          template: {spec: {containers: [{name: server, image: server}]}}
        ---
        apiVersion: mlops-operator.io/v1alpha1
        kind: RolloutStrategy
        metadata: {name: quick, namespace: prod}
        spec: {{{Canary}}}
        ---
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelDeployment
        metadata: {name: delays, namespace: prod}
        spec:
          modelVersionRef: {name: delays-v1}
          replicas: 2
          strategyRef: {name: quick}
        """;

    /// <summary>A version whose golden request expects label 1.</summary>
    public static string Version(string name, char digest, string format = "onnx") => $$"""
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelVersion
        metadata: {name: {{name}}, namespace: prod}
        spec:
          model: delays
          version: "{{name}}"
          format: {name: {{format}}}
          artifact: {uri: "file:///models/{{name}}/model.onnx", digest: "sha256:{{new string(digest, 64)}}", sizeBytes: 1000}
          tests:
          - name: golden
            request: {inputs: [{name: features, shape: [1, 1], datatype: FP32, data: [1]}]}
            expect: {outputs: [{name: label, shape: [1], datatype: INT64, data: [1]}]}
        """;
}
