using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Operator.Rollouts.Children;

namespace MlopsOperator.Operator.Tests.Rollouts.Children;

public sealed class PodTemplateComposerTests
{
    private static readonly OperatorOptions Options = new() { FetcherImage = "fetcher:1" };

    [Fact]
    public void Every_container_knows_the_model_and_the_artifact_is_fetched_first()
    {
        var spec = Compose(null)["spec"]!;

        foreach (var container in spec["containers"]!.AsArray())
        {
            Environment(container!).Should().Contain("MODEL_NAME=delays").And.Contain("MODEL_VERSION=delays-v1").And.Contain("MODEL_PATH=/mnt/models/model.onnx");
        }

        var fetcher = spec["initContainers"]![0]!;
        fetcher["image"]!.GetValue<string>().Should().Be("fetcher:1");
        fetcher["args"]!.AsArray().Select(argument => argument!.GetValue<string>()).Should().Equal(
            "--uri", "file:///models/delays-v1/model.onnx", "--target", "/mnt/models/model.onnx", "--digest", Sample.Digest1, "--size", "1000");
        spec["volumes"]![0]!["name"]!.GetValue<string>().Should().Be("model");
    }

    [Fact]
    public void Fields_that_this_program_does_not_know_are_kept() =>
        Compose(null)["spec"]!["futureField"]!["kept"]!.GetValue<bool>().Should().BeTrue();

    [Fact]
    public void Labels_of_ours_win_over_those_of_runtime_and_overlay()
    {
        var overlay = new TemplateOverlay { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["mlops-operator.io/revision"] = "forged", ["mine"] = "yes" } };

        var labels = Compose(overlay)["metadata"]!["labels"]!.AsObject();

        labels["mlops-operator.io/revision"]!.GetValue<string>().Should().Be("rev1");
        labels["mine"]!.GetValue<string>().Should().Be("yes");
        labels["team"]!.GetValue<string>().Should().Be("ml");
    }

    [Fact]
    public void The_overlay_goes_to_the_server_and_replaces_by_name()
    {
        var overlay = new TemplateOverlay
        {
            Env = [new V1EnvVar { Name = "LOG", Value = "debug" }],
            Resources = new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["memory"] = new("1Gi") } },
            ServiceAccountName = "models",
        };

        var spec = Compose(overlay)["spec"]!;

        Environment(spec["containers"]![0]!).Should().Contain("LOG=debug").And.NotContain("LOG=info");
        Environment(spec["containers"]![1]!).Should().NotContain("LOG=debug");
        spec["containers"]![0]!["resources"]!["limits"]!["memory"]!.GetValue<string>().Should().Be("1Gi");
        spec["containers"]![1]!["resources"].Should().BeNull();
        spec["serviceAccountName"]!.GetValue<string>().Should().Be("models");
    }

    [Fact]
    public void Composing_leaves_the_stored_content_as_it_was()
    {
        var content = RevisionHasher.Content(Sample.Version("delays-v1"), null, null, Sample.Runtime());
        var before = content.RuntimeSpec.Template.ToJsonString();

        PodTemplateComposer.Compose("delays", "rev1", content, Options);

        content.RuntimeSpec.Template.ToJsonString().Should().Be(before);
    }

    private static JsonObject Compose(TemplateOverlay? overlay) =>
        PodTemplateComposer.Compose("delays", "rev1", RevisionHasher.Content(Sample.Version("delays-v1"), overlay, null, Sample.Runtime()), Options);

    private static IEnumerable<string> Environment(JsonNode container) =>
        container["env"]!.AsArray().Select(variable => $"{variable!["name"]}={variable["value"]}");
}
