using k8s;
using k8s.Autorest;
using k8s.Models;

namespace MlopsOperator.DevCluster.Tests.Samples;

/// <summary>An object of the sample's own kind: spec.text is to stand in a ConfigMap of the same name.</summary>
[KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Greeting", PluralName = "greetings")]
internal sealed class Greeting : IKubernetesObject<V1ObjectMeta>
{
    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: greetings.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: greetings, kind: Greeting}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, required: [text], properties: {text: {type: string}}}
                  status: {type: object, properties: {observedGeneration: {type: integer, format: int64}}}
        """;

    public string ApiVersion { get; set; } = "example.com/v1";

    public string Kind { get; set; } = "Greeting";

    public V1ObjectMeta Metadata { get; set; } = new();

    public GreetingSpec Spec { get; set; } = new("");

    public GreetingStatus? Status { get; set; }

    public bool IsSeen => Status?.ObservedGeneration == Metadata.Generation;

    internal sealed record GreetingSpec(string Text);

    internal sealed record GreetingStatus(long? ObservedGeneration);
}

/// <summary>A small operator, written with nothing but KubernetesClient.</summary>
internal sealed class GreetingOperator(IKubernetes client, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var greetings = new GenericClient(client, "example.com", "v1", "greetings", disposeClient: false);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // A watch without a revision begins with all objects, so whatever was missed is seen again.
                await foreach (var (type, greeting) in greetings.WatchNamespacedAsync<Greeting>("default", cancel: cancellationToken))
                {
                    if (type is WatchEventType.Added or WatchEventType.Modified)
                    {
                        await ReconcileAsync(greeting, cancellationToken);
                    }
                }
            }
            catch (Exception failure) when (failure is HttpOperationException or HttpRequestException or IOException)
            {
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private async Task ReconcileAsync(Greeting greeting, CancellationToken cancellationToken)
    {
        var name = greeting.Name();
        var maps = await client.CoreV1.ListNamespacedConfigMapAsync("default", fieldSelector: $"metadata.name={name}", cancellationToken: cancellationToken);
        if (maps.Items.SingleOrDefault() is not { } map)
        {
            var owner = new V1OwnerReference { ApiVersion = greeting.ApiVersion, Kind = greeting.Kind, Name = name, Uid = greeting.Uid(), Controller = true };
            map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name, OwnerReferences = [owner] }, Data = new Dictionary<string, string> { ["text"] = greeting.Spec.Text } };
            await client.CoreV1.CreateNamespacedConfigMapAsync(map, "default", cancellationToken: cancellationToken);
        }
        else if (map.Data["text"] != greeting.Spec.Text)
        {
            map.Data["text"] = greeting.Spec.Text;
            await client.CoreV1.ReplaceNamespacedConfigMapAsync(map, name, "default", cancellationToken: cancellationToken);
        }

        if (!greeting.IsSeen)
        {
            var patch = new V1Patch(new { status = new { observedGeneration = greeting.Metadata.Generation } }, V1Patch.PatchType.MergePatch);
            await client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(patch, "example.com", "v1", "default", "greetings", name, cancellationToken: cancellationToken);
        }
    }
}
