using System.Text.Json;
using k8s.Models;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;

namespace MlopsOperator.Api.Tests.Json;

public sealed class ApiJsonTests
{
    [Fact]
    public void An_object_comes_back_as_it_was()
    {
        var deployment = new ModelDeployment
        {
            Metadata = new V1ObjectMeta { Name = "delays", NamespaceProperty = "prod", CreationTimestamp = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) },
            Spec = new ModelDeploymentSpec
            {
                ModelVersionRef = new NameReference { Name = "delays-v2" },
                Replicas = 0,
                ReadyWhen = ReadyWhen.Serving,
                Template = new TemplateOverlay
                {
                    Resources = new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("500m") } },
                    Env = [new V1EnvVar { Name = "A", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "status.podIP" } } }],
                    Tolerations = [new V1Toleration { Key = "gpu", OperatorProperty = "Exists", TolerationSeconds = 5 }],
                },
            },
            Status = new ModelDeploymentStatus { ObservedGeneration = 3, Phase = DeploymentPhase.RollingOut },
        };

        var json = JsonSerializer.Serialize(deployment, ApiJson.Options);
        var again = JsonSerializer.Deserialize<ModelDeployment>(json, ApiJson.Options)!;

        JsonSerializer.Serialize(again, ApiJson.Options).Should().Be(json);
        again.Spec.Replicas.Should().Be(0);
        again.Status!.Phase.Should().Be(DeploymentPhase.RollingOut);
        json.Should().Contain("\"creationTimestamp\":\"2026-01-02T03:04:05Z\"").And.Contain("\"phase\":\"RollingOut\"").And.Contain("\"cpu\":\"500m\"")
            .And.Contain("\"namespace\":\"prod\"").And.NotContain("null");
    }

    [Fact]
    public void Roles_are_in_lower_case()
    {
        var json = JsonSerializer.Serialize(new RouteBackend { Role = BackendRole.Candidate }, ApiJson.Options);
        json.Should().Contain("\"role\":\"candidate\"");
        JsonSerializer.Deserialize<RouteBackend>(json, ApiJson.Options)!.Role.Should().Be(BackendRole.Candidate);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.125Z", "2026-01-02T03:04:05.125Z")]
    [InlineData("2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500Z")]
    [InlineData("2026-01-02T03:04:05.0000625Z", "2026-01-02T03:04:05.000062Z")]
    [InlineData("2026-01-02T03:04:05.0000009Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.999999Z", "2026-01-02T03:04:05.999999Z")]
    [InlineData("2026-01-02T05:04:05+02:00", "2026-01-02T03:04:05Z")]
    public void Times_have_decimals_only_when_they_need_them(string read, string written)
    {
        var condition = JsonSerializer.Deserialize<Condition>($$"""{"lastTransitionTime":"{{read}}"}""", ApiJson.Options)!;
        JsonSerializer.Serialize(condition, ApiJson.Options).Should().Contain($"\"lastTransitionTime\":\"{written}\"");
        var metadata = JsonSerializer.Deserialize<V1ObjectMeta>($$"""{"creationTimestamp":"{{read}}"}""", ApiJson.Options)!;
        JsonSerializer.Serialize(metadata, ApiJson.Options).Should().Be($$"""{"creationTimestamp":"{{written}}"}""");
    }

    [Theory]
    [InlineData("""{"phase":7}""")]
    [InlineData("""{"phase":"Unheard"}""")]
    [InlineData("""{"startedAt":"yesterday"}""")]
    [InlineData("""{"startedAt":1700000000}""")]
    [InlineData("""{"sequence":"7"}""")]
    public void What_has_the_wrong_type_is_an_error_not_a_guess(string json)
    {
        var read = () => JsonSerializer.Deserialize<ModelRolloutStatus>(json, ApiJson.Options);
        read.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"much\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public void A_bad_quantity_is_an_error_of_the_reader_with_its_path(string quantity)
    {
        var read = () => JsonSerializer.Deserialize<V1ResourceRequirements>("{\"limits\":{\"cpu\":" + quantity + "}}", ApiJson.Options);
        read.Should().Throw<JsonException>().Which.Path.Should().Contain("cpu");
    }

    [Theory]
    [InlineData("80", 80)]
    [InlineData("\"http\"", "http")]
    public void A_port_is_a_number_or_a_name(string json, object port)
    {
        var action = JsonSerializer.Deserialize<V1HTTPGetAction>($$"""{"port":{{json}}}""", ApiJson.Options)!;
        action.Port.ToString().Should().Be(port.ToString());
        JsonSerializer.Serialize(action, ApiJson.Options).Should().Be($$"""{"port":{{json}}}""");
    }

    [Fact]
    public void Null_means_absent()
    {
        var spec = JsonSerializer.Deserialize<ModelVersionSpec>("""{"model":null,"format":null,"artifact":{"uri":null},"tests":null}""", ApiJson.Options)!;
        spec.Model.Should().BeEmpty();
        spec.Format.Should().NotBeNull();
        spec.Artifact.Uri.Should().BeNull();
        spec.Tests.Should().BeNull();
    }

    [Fact]
    public void Unknown_fields_are_ignored() =>
        JsonSerializer.Deserialize<NameReference>("""{"name":"a","namespace":"b"}""", ApiJson.Options).Should().Be(new NameReference { Name = "a" });

    [Fact]
    public void Text_is_not_escaped_without_need() =>
        JsonSerializer.Serialize(new Condition { Message = "weight < 10 % & 'é' of \"a\"" }, ApiJson.Options).Should().Contain("weight < 10 % & 'é' of \\\"a\\\"");
}
