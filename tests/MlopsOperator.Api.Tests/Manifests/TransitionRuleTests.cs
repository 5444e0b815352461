using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>Every rule of this project's kinds that compares with the object before: asked at an update, and at no create.</summary>
public sealed class TransitionRuleTests(CrdCluster fixture) : IClassFixture<CrdCluster>
{
    /// <summary>A row of the table of manifests, what is first changed of it, a change that one rule forbids, and the field that the answer names.</summary>
    public static TheoryData<string, string, string, string> Changes { get; } = new()
    {
        { "ModelRollout/from-stable", "{}", """{"deployment":"other"}""", "spec.deployment" },
        { "ModelRollout/from-stable", "{}", """{"number":3}""", "spec.number" },
        { "ModelRollout/from-stable", "{}", """{"firstSequence":5}""", "spec.firstSequence" },
        { "ModelRollout/from-stable", "{}", """{"baseline":{"requests":2251}}""", "spec.baseline" },
        { "ModelRollout/from-stable", "{}", """{"baseline":null}""", "spec.baseline" },
        { "ModelRollout/from-stable", """{"released":true}""", """{"released":false}""", "spec.released" },
        { "ModelRollout/from-stable", "{}", """{"strategy":{"bake":"3s"}}""", "spec.strategy" },
        { "ModelRollout/from-stable", "{}", """{"from":{"revision":"aaaa0000"}}""", "spec.from" },
        { "ModelRollout/from-stable", "{}", """{"from":null}""", "spec.from" },
        { "ModelRollout/from-stable", "{}", """{"to":{"revision":"aaaa0000"}}""", "spec.to" },
        { "ModelVersion/complete", "{}", """{"version":"another"}""", "spec" },
        { "RolloutRequest/promote", "{}", """{"step":4}""", "spec" },
        { "GatewayRoute/two-backends", """{"sequence":41}""", """{"sequence":40}""", "spec.sequence" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_is_forbidden_is_refused_as_an_update_and_is_fine_in_a_new_object(string name, string first, string change, string field)
    {
        var manifest = (await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken)).Manifest;
        var collection = Collection(manifest["kind"]!.GetValue<string>());
        var address = $"{collection}/{manifest["metadata"]!["name"]}";
        (await SendAsync("POST", collection, manifest)).Status.Should().Be(201);
        (await SendAsync("PATCH", address, Spec(first))).Status.Should().Be(200);

        var refused = await SendAsync("PATCH", address, Spec(change));
        var current = JsonNode.Parse((await SendAsync("GET", address, content: null)).Body.Span)!;
        (await SendAsync("DELETE", address, content: null)).Status.Should().Be(200);
        var changed = Merged(current["spec"]!.AsObject(), Spec(change)["spec"]!.AsObject());
        manifest["spec"] = changed;
        var created = await SendAsync("POST", collection, manifest);
        (await SendAsync("DELETE", address, content: null)).Status.Should().Be(200);

        refused.Status.Should().Be(422, Text(refused));
        JsonNode.Parse(refused.Body.Span)!["details"]!["causes"]!.AsArray().Select(cause => (string?)cause!["field"]).Should().Equal(field);
        created.Status.Should().Be(201, Text(created));
    }

    [Fact]
    public async Task No_rule_is_left_out_above()
    {
        var rules = new List<string>();
        foreach (var file in Directory.GetFiles(RepositoryFolder.Crds, "*.yaml"))
        {
            var definition = YamlJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Single();
            var kind = (string)definition["spec"]!["names"]!["kind"]!;
            rules.AddRange(definition["spec"]!["versions"]!.AsArray().SelectMany(version => FieldsOf(version!["schema"]!["openAPIV3Schema"]!.AsObject(), "")).Select(field => $"{kind} {field}"));
        }

        rules.Should().BeEquivalentTo(Changes.Select(row => $"{row.Data.Item1.Split('/')[0]} {row.Data.Item4}"));
    }

    /// <summary>The fields that the transition rules of a schema name.</summary>
    private static IEnumerable<string> FieldsOf(JsonObject schema, string path)
    {
        foreach (var rule in schema["x-kubernetes-validations"]?.AsArray() ?? [])
        {
            if (((string)rule!["rule"]!).Contains("oldSelf", StringComparison.Ordinal))
            {
                yield return path + (string?)rule["fieldPath"];
            }
        }

        var children = (schema["properties"]?.AsObject() ?? []).Select(property => (Name: path.Length == 0 ? property.Key : $"{path}.{property.Key}", Schema: property.Value))
            .Append((Name: $"{path}[]", Schema: schema["items"])).Append((Name: $"{path}{{}}", Schema: schema["additionalProperties"]));
        foreach (var field in children.SelectMany(child => child.Schema is JsonObject below ? FieldsOf(below, child.Name) : []))
        {
            yield return field;
        }
    }

    private static JsonObject Spec(string json) => new() { ["spec"] = JsonNode.Parse(json) };

    private static JsonObject Merged(JsonObject target, JsonObject patch)
    {
        var merged = (JsonObject)target.DeepClone();
        foreach (var (name, value) in patch)
        {
            merged.Remove(name);
            if (value is not null)
            {
                merged[name] = value is JsonObject below && target[name] is JsonObject before ? Merged(before, below) : value.DeepClone();
            }
        }

        return merged;
    }

    private static string Text(ClusterResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    private static string Collection(string kind)
    {
        var type = CustomKinds.All.Single(candidate => string.Equals(candidate.Name, kind, StringComparison.Ordinal));
        return $"/apis/{ApiGroup.GroupVersion}/namespaces/default/{Path.GetFileNameWithoutExtension(CrdGenerator.FileName(type))}";
    }

    private Task<ClusterResponse> SendAsync(string method, string path, JsonObject? content) => fixture.Cluster.SendAsync(
        method,
        path,
        content is null ? default : Encoding.UTF8.GetBytes(content.ToJsonString()),
        method is "PATCH" ? "application/merge-patch+json" : "application/json",
        cancellationToken: TestContext.Current.CancellationToken);
}
