using System.Text;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.DevCluster;

namespace MlopsOperator.ControllerRuntime.Tests.Reconciling;

/// <summary>Proof 7: against an API server that validates, prunes and keeps the status apart.</summary>
public sealed class UndecodableInClusterTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gadgets.test.dev
        spec:
          group: test.dev
          scope: Namespaced
          names: {kind: Gadget, listKind: GadgetList, plural: gadgets, singular: gadget}
          versions:
            - name: v1
              served: true
              storage: true
              subresources: {status: {}}
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        count: {type: integer}
                        size: {type: string}
                    status:
                      type: object
                      properties:
                        message: {type: string}
                        conditions:
                          type: array
                          x-kubernetes-list-type: map
                          x-kubernetes-list-map-keys: [type]
                          items:
                            type: object
                            required: [type, status, reason, message, lastTransitionTime]
                            properties:
                              type: {type: string}
                              status: {type: string, enum: ["True", "False", "Unknown"]}
                              reason: {type: string}
                              message: {type: string}
                              lastTransitionTime: {type: string, format: date-time}
                              observedGeneration: {type: integer, format: int64}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_condition_comes_and_goes_and_the_spec_stays_the_users()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            options =>
            {
                options.ApiOnly = true;
                options.Crds.FromText(Definition);
            },
            Token);
        var kubeconfig = await cluster.ListenAsync(cancellationToken: Token);
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IKubernetesTransport>(_ => new HttpTransport(() => Configuration(kubeconfig), TimeProvider.System));
        builder.Services.AddKubernetesOperator(settings => settings.WithName("gadgets")).AddController<GadgetController, Gadget>();
        await using var application = builder.Build();
        await application.StartAsync(Token);

        await cluster.ApplyAsync(Manifest("Gigantic"), Token);
        var poisoned = await cluster.UntilAsync<LooseGadget>("a", gadget => gadget.Conditions.Count == 1, cancellationToken: Token);
        await cluster.ApplyAsync(Manifest("Large"), Token);
        var mended = await cluster.UntilAsync<LooseGadget>("a", gadget => gadget.Spec.Size is "Large" && gadget.Conditions.Count == 0, cancellationToken: Token);

        poisoned.Conditions[0].Should().BeEquivalentTo(new { Type = "Undecodable", Status = "True", Reason = "FieldNotReadable", ObservedGeneration = 1L });
        poisoned.Conditions[0].Message.Should().StartWith("spec.size: found \"Gigantic\", expected one of Small, Large.");
        (mended.Metadata.Generation, mended.Spec.Count).Should().Be((2L, 5), "only the user has changed the spec");
        mended.Metadata.ManagedFields.Should().Contain(fields => fields.FieldsV1.ToString()!.Contains("f:count"), "the user's fields keep their manager");
        await application.StopAsync(Token);
    }

    private static string Manifest(string size) =>
        $$"""{"apiVersion":"test.dev/v1","kind":"Gadget","metadata":{"name":"a","namespace":"default"},"spec":{"count":5,"size":"{{size}}"} }""";

    private static KubernetesClientConfiguration Configuration(string kubeconfig)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(kubeconfig));
        return KubernetesClientConfiguration.BuildConfigFromConfigFile(text);
    }

    /// <summary>A gadget as the test reads it, whatever its size.</summary>
    [KubernetesEntity(Group = "test.dev", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
    private sealed class LooseGadget : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public V1ObjectMeta Metadata { get; set; } = new();

        public LooseSpec Spec { get; set; } = new("", 0);

        public GadgetStatus? Status { get; set; }

        [System.Text.Json.Serialization.JsonIgnore]
        public IList<V1Condition> Conditions => Status?.Conditions ?? [];
    }

    private sealed record LooseSpec(string Size, int Count);
}
