namespace MlopsOperator.DevCluster.Tests;

/// <summary>A custom kind that the tests use.</summary>
internal static class ModelKind
{
    public const string Path = "/apis/example.com/v1/namespaces/default/models";

    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: models.example.com
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: models, kind: Model, shortNames: [mox]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [model]
                    properties:
                      model: {type: string, maxLength: 20}
                      replicas: {type: integer, minimum: 0, default: 1}
                      recreate: {type: object, properties: {after: {type: string}}}
                      canary: {type: object, properties: {after: {type: string}}}
                      tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      steps:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items: {type: object, required: [name], properties: {name: {type: string}, weight: {type: integer}}}
                    x-kubernetes-validations:
                    - {rule: "!(has(self.recreate) && has(self.canary))", message: recreate and canary exclude each other}
                    - {rule: "self.model == oldSelf.model", message: model is immutable}
                  status:
                    type: object
                    default: {observedGeneration: -1}
                    properties:
                      observedGeneration: {type: integer}
                      phase: {type: string}
                      replicas: {type: integer}
        """;

    public static Task<EmbeddedCluster> StartAsync(Action<ClusterOptions>? configure = null) => EmbeddedCluster.StartAsync(
        options =>
        {
            options.ApiOnly = true;
            options.Crds.FromText(Definition);
            configure?.Invoke(options);
        },
        TestContext.Current.CancellationToken);
}
