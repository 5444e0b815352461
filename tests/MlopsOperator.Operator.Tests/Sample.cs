using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Tests;

/// <summary>Objects that tests begin from.</summary>
internal static class Sample
{
    public const string Digest1 = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    public const string Digest2 = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static ModelVersion Version(string name, string digest = Digest1) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "prod", Uid = "uid-" + name },
        Spec = new ModelVersionSpec
        {
            Model = "delays",
            Version = name,
            Format = new ModelFormat { Name = "onnx" },
            Artifact = new ModelArtifact { Uri = $"file:///models/{name}/model.onnx", Digest = digest, SizeBytes = 1000 },
        },
    };

    public static ClusterModelRuntime Runtime(string image = "server:1") => new()
    {
        Metadata = new V1ObjectMeta { Name = "onnx" },
        Spec = new ModelRuntimeSpec
        {
            Formats = [new RuntimeFormat { Name = "onnx" }],
            Template = JsonNode.Parse($$$"""
                {"metadata":{"labels":{"team":"ml"}},"spec":{"futureField":{"kept":true},"containers":[
                  {"name":"server","image":"{{{image}}}","env":[{"name":"LOG","value":"info"}]},{"name":"sidecar","image":"sidecar:1"}]}}
                """)!.AsObject(),
        },
    };

    public static ModelDeployment Deployment(string version = "delays-v1", string name = "delays", DateTime? created = null) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = "prod",
            Uid = "uid-" + name,
            Generation = 1,
            CreationTimestamp = created ?? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        },
        Spec = new ModelDeploymentSpec { ModelVersionRef = new NameReference { Name = version }, Replicas = 3 },
    };

    public static DeploymentInputs Inputs(ModelDeployment deployment, ModelVersion version) => new()
    {
        Deployment = deployment,
        Now = Now,
        Version = version,
        Runtime = Runtime(),
        Strategy = new RolloutStrategySpec(),
    };

    public static RevisionRecord Revision(ModelVersion version)
    {
        var content = RevisionHasher.Content(version, null, null, Runtime());
        return new RevisionRecord(RevisionHasher.RevisionHash(content), content);
    }

    public static ModelRollout Rollout(int number, RolloutRevision? from, RolloutRevision to, RolloutPhase phase, string reason = "", DateTimeOffset? promotedAt = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = FormattableString.Invariant($"delays-{number}"), NamespaceProperty = "prod", Uid = FormattableString.Invariant($"uid-rollout-{number}") },
        Spec = new ModelRolloutSpec { Deployment = "delays", Number = number, From = from, To = to, FirstSequence = (number * 10) - 9 },
        Status = new ModelRolloutStatus { Phase = phase, Reason = reason, PromotedAt = promotedAt, Sequence = number * 10 },
    };

    public static RolloutRevision To(RevisionRecord record) => new() { Revision = record.Revision, ModelVersion = record.Content.ModelVersion };
}
