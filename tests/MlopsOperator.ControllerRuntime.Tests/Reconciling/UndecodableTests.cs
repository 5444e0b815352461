using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Reconciling;

/// <summary>Proof 7: a poisoned object keeps its last good copy and says so itself.</summary>
public sealed class UndecodableTests
{
    private const string Problem = "spec.size: found \"Gigantic\", expected one of Small, Large. Correct the field; until then the last readable state stays in use.";

    [Fact]
    public async Task A_poisoned_object_gets_a_condition_that_goes_when_it_is_mended()
    {
        using var world = Started();
        Put(world, "Small", count: 1);
        world.Settle();

        Put(world, "Gigantic", count: 2);
        world.Settle();

        var condition = Conditions(world).Should().ContainSingle(item => Is(item, "Undecodable")).Which!;
        ((string?)condition["status"], (string?)condition["reason"], (string?)condition["message"]).Should().Be(("True", "FieldNotReadable", Problem));
        ((string?)condition["lastTransitionTime"], (long?)condition["observedGeneration"]).Should().Be(("2026-01-01T00:00:00Z", 2));
        Conditions(world).Should().Contain(item => Is(item, "Ready"), "other conditions stay");
        Stored(world)["status"]!["unknownField"]!.ToString().Should().Be("kept");
        world.Get<IObjectCache<Gadget>>().Get("default", "a")!.Spec.Count.Should().Be(1, "that was the last good state");
        (await world.MetricsAsync()).Should().Contain("controller_runtime_undecodable_objects_total{kind=\"Gadget\"} 1\n", "the condition itself is no further state");
        world.Server.Collection("events").Objects.Should().HaveCount(1);
        world.Server.Writes.Count(write => write.EndsWith("/status", StringComparison.Ordinal)).Should().Be(1);

        Put(world, "Large", count: 3);
        world.Settle();

        Conditions(world).Should().ContainSingle().Which.Should().Match<JsonNode>(item => Is(item, "Ready"));
        world.Get<GadgetController>().Calls[^1].Should().Be("a:3");
        world.Server.Writes.Count(write => write.EndsWith("/status", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public void A_condition_that_a_former_process_left_on_a_sound_object_goes()
    {
        using var world = Create();
        Put(world, "Small", count: 1, left: "spec.size: found something");

        world.Start();

        Conditions(world).Should().ContainSingle().Which.Should().Match<JsonNode>(item => Is(item, "Ready"));
    }

    [Fact]
    public void A_condition_that_is_refused_is_tried_again_and_meets_a_conflict_with_a_fresh_read()
    {
        using var world = Started();
        var refusals = 0;
        world.Server.Before = request => !request.PathAndQuery.Contains("/status", StringComparison.Ordinal) || refusals++ > 1
            ? null
            : ScriptedServer.Status(refusals == 1 ? 409 : 503, refusals == 1 ? "Conflict" : "ServiceUnavailable");

        Put(world, "Gigantic", count: 2);
        world.Settle();
        world.Advance(1);

        Conditions(world).Should().ContainSingle(item => Is(item, "Undecodable"));
        refusals.Should().Be(3);
    }

    [Fact]
    public void A_standby_writes_no_condition()
    {
        using var leader = Create(settings => settings.WithLeaderElection(LeaderElectionType.Single)).Start();
        using var standby = Create(settings => settings.WithInstance("standby").WithLeaderElection(LeaderElectionType.Single), leader).Start();

        Put(leader, "Gigantic", count: 2);
        leader.Settle();

        leader.Server.Writes.Count(write => write.EndsWith("/status", StringComparison.Ordinal)).Should().Be(1);
    }

    private static World Started() => Create().Start();

    private static World Create(Action<OperatorSettings>? configure = null, World? beside = null) =>
        new(builder => builder.AddController<GadgetController, Gadget>(), configure: configure, beside: beside);

    private static JsonObject Stored(World world) => world.Server.Collection("gadgets").Objects.Values.Single();

    private static JsonArray Conditions(World world) => Stored(world)["status"]!["conditions"]!.AsArray();

    private static bool Is(JsonNode? condition, string type) => string.Equals((string?)condition!["type"], type, StringComparison.Ordinal);

    /// <summary>Writes spec, and what the status has of others, as a user's client does.</summary>
    private static void Put(World world, string size, int count, string? left = null)
    {
        world.Server.Collection("gadgets").Objects.TryGetValue(new ObjectKey("default", "a"), out var before);
        var status = before?["status"]?.DeepClone() ?? JsonNode.Parse("""{"unknownField":"kept","conditions":[{"type":"Ready","status":"True","reason":"Fine","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}""")!;
        if (left is not null)
        {
            status["conditions"]!.AsArray().Add(new JsonObject { ["type"] = "Undecodable", ["status"] = "True", ["reason"] = "FieldNotReadable", ["message"] = left, ["lastTransitionTime"] = "2026-01-01T00:00:00Z" });
        }

        world.Server.PutJson("gadgets", new JsonObject
        {
            ["apiVersion"] = "test.dev/v1",
            ["kind"] = "Gadget",
            ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "default" },
            ["spec"] = new JsonObject { ["count"] = count, ["size"] = size },
            ["status"] = status,
        });
    }
}
