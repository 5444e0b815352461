using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Tests.Schemas;

/// <summary>Rules that compare with the object before: when they hold, and where they may stand.</summary>
public sealed class TransitionRuleTests
{
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";

    [Fact]
    public async Task A_transition_rule_is_not_asked_at_a_create_and_is_at_each_way_to_update()
    {
        await using var cluster = await StartAsync(Widget("""{"type":"object","x-kubernetes-validations":[{"rule":"self.size >= oldSelf.size","message":"may not shrink"}],"properties":{"size":{"type":"integer"}}}"""));

        var created = await cluster.CallAsync("POST", Widgets, Manifest("""{"size":3}"""));
        var put = await cluster.CallAsync("PUT", Widgets + "/w", Manifest("""{"size":2}""", created.Body["metadata"]!["resourceVersion"]!.ToString()));
        var patched = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"size":2}}""");
        var applied = await cluster.ApplyAsAsync("one", Widgets + "/w", Manifest("""{"size":2}"""), force: true);
        var grown = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"size":4}}""");

        created.Status.Should().Be(201);
        (put.Status, patched.Status, applied.Status, grown.Status).Should().Be((422, 422, 422, 200));
        ((string?)put.Body["message"]).Should().Be("Widget.example.com \"w\" is invalid: spec: Invalid value: may not shrink");
    }

    [Fact]
    public async Task Elements_of_a_map_list_are_compared_by_their_key_and_new_ones_with_nothing()
    {
        await using var cluster = await StartAsync(Widget("""
            {"type":"object","properties":{"parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],
            "properties":{"name":{"type":"string"},"size":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.size >= oldSelf.size","message":"may not shrink"}]}}}}
            """));
        await cluster.CallAsync("POST", Widgets, Manifest("""{"parts":[{"name":"a","size":5},{"name":"b","size":1}]}"""));

        var moved = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"parts":[{"name":"c","size":0},{"name":"b","size":1},{"name":"a","size":6}]}}""");
        var shrunk = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"parts":[{"name":"a","size":5},{"name":"b","size":9}]}}""");

        moved.Status.Should().Be(200);
        ((string?)shrunk.Body["message"]).Should().Be("Widget.example.com \"w\" is invalid: spec.parts[0]: Invalid value: may not shrink");
    }

    [Fact]
    public async Task Members_of_a_map_are_compared_by_their_name()
    {
        await using var cluster = await StartAsync(Widget("""
            {"type":"object","properties":{"limits":{"type":"object","additionalProperties":{"type":"integer","x-kubernetes-validations":[{"rule":"self >= oldSelf","message":"may not fall"}]}}}}
            """));
        await cluster.CallAsync("POST", Widgets, Manifest("""{"limits":{"a":5}}"""));

        var added = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"limits":{"b":1}}}""");
        var fallen = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"limits":{"a":4}}}""");

        (added.Status, fallen.Status).Should().Be((200, 422));
        ((string?)fallen.Body["message"]).Should().Contain("may not fall");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"x-kubernetes-list-type\":\"atomic\",")]
    [InlineData("\"x-kubernetes-list-type\":\"set\",")]
    public async Task Below_a_list_without_keys_a_transition_rule_is_refused_with_the_definition(string listType)
    {
        await using var cluster = await StartAsync();

        var refused = await cluster.CallAsync("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Widget($$"""
            {"type":"object","properties":{"parts":{"type":"array",{{listType}}"items":{"type":"string","x-kubernetes-validations":[{"rule":"self == oldSelf"}]} } } }
            """));

        refused.Status.Should().Be(422);
        ((string?)refused.Body["message"]).Should().Contain("properties[parts].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within ")
            .And.EndWith("properties[spec].properties[parts]");
    }

    [Fact]
    public async Task On_a_list_without_keys_as_a_whole_a_transition_rule_may_stand()
    {
        await using var cluster = await StartAsync(Widget("""
            {"type":"object","properties":{"parts":{"type":"array","items":{"type":"string","x-kubernetes-validations":[{"rule":"self != 'oldSelf'"}]},
            "x-kubernetes-validations":[{"rule":"oldSelf.all(part, part in self)","message":"parts are never taken away"}]}}}
            """));
        await cluster.CallAsync("POST", Widgets, Manifest("""{"parts":["a"]}"""));

        var added = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"parts":["b","a"]}}""");
        var taken = await cluster.MergeAsync(Widgets + "/w", """{"spec":{"parts":["b"]}}""");

        (added.Status, taken.Status).Should().Be((200, 422));
    }

    [Fact]
    public async Task A_rule_for_creates_and_updates_alike_is_refused_by_name()
    {
        await using var cluster = await StartAsync();

        var refused = await cluster.CallAsync("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Widget(
            """{"type":"object","x-kubernetes-validations":[{"rule":"!oldSelf.hasValue() || self.size >= 0","optionalOldSelf":true}],"properties":{"size":{"type":"integer"}}}"""));

        refused.Status.Should().Be(422);
        ((string?)refused.Body["message"]).Should().Contain("x-kubernetes-validations[0].optionalOldSelf: Forbidden: this embedded cluster cannot judge it");
    }

    private static Task<EmbeddedCluster> StartAsync(string? definition = null) => EmbeddedCluster.StartAsync(
        options =>
        {
            options.ApiOnly = true;
            if (definition is not null)
            {
                options.Crds.FromText(definition);
            }
        },
        TestContext.Current.CancellationToken);

    private static string Manifest(string spec, string? version = null) => new JsonObject
    {
        ["apiVersion"] = "example.com/v1",
        ["kind"] = "Widget",
        ["metadata"] = version is null ? new JsonObject { ["name"] = "w" } : new JsonObject { ["name"] = "w", ["resourceVersion"] = version },
        ["spec"] = JsonNode.Parse(spec),
    }.ToJsonString();

    private static string Widget(string spec) => new JsonObject
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = "widgets.example.com" },
        ["spec"] = new JsonObject
        {
            ["group"] = "example.com",
            ["scope"] = "Namespaced",
            ["names"] = new JsonObject { ["plural"] = "widgets", ["kind"] = "Widget" },
            ["versions"] = new JsonArray(new JsonObject
            {
                ["name"] = "v1",
                ["served"] = true,
                ["storage"] = true,
                ["schema"] = new JsonObject { ["openAPIV3Schema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["spec"] = JsonNode.Parse(spec) } } },
            }),
        },
    }.ToJsonString();
}
