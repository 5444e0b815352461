using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>An object that no class can hold harms itself alone, seen by a watch or by a list.</summary>
public sealed class UndecodableStoryTests
{
    private const string Other = """
        apiVersion: mlops-operator.io/v1alpha1
        kind: ModelDeployment
        metadata: {name: other, namespace: prod}
        spec: {modelVersionRef: {name: delays-v1}, replicas: 2, strategyRef: {name: quick}}
        """;

    [Theory]
    [InlineData("other", """{"spec":{"replicas":"many"}}""", "spec.replicas: found \"many\", expected a whole number", """{"spec":{"replicas":1}}""")]
    [InlineData("other", """{"spec":{"replicas":3000000000}}""", "spec.replicas: found 3000000000, expected a whole number", """{"spec":{"replicas":1}}""")]
    [InlineData("other", """{"spec":{"readyWhen":"Sometimes"}}""", "spec.readyWhen: found \"Sometimes\", expected one of Promoted, Serving", """{"spec":{"readyWhen":"Serving"}}""")]
    [InlineData("other", """{"spec":{"template":{"resources":{"limits":{"cpu":"lots"}}}}}""", "spec.template.resources.limits.cpu: found \"lots\", expected a quantity such as 500m or 1Gi", """{"spec":{"template":null}}""")]
    [InlineData("other/status", """{"status":{"rejected":[{"revision":"a","modelVersion":"b","reason":"c","time":"yesterday"}]}}""", "status.rejected[0].time: found \"yesterday\", expected a time such as", """{"status":{"rejected":null}}""")]
    public async Task BI_1_A_value_that_cannot_be_read_poisons_its_object_alone(string target, string poison, string words, string remedy)
    {
        await using var world = await ReleaseWorld.StartAsync(definitions: OlderDefinitions.OfUsers);
        await world.ApplyAsync(Other);
        await RolloutStoryTests.ServesWithHistory(world);
        await world.UntilAsync("the other's route", () => world.Read<GatewayRoute>("gatewayroutes", "other") is not null);
        await world.PassAsync(TimeSpan.FromSeconds(20));
        var before = Told.Object(world, "gatewayroutes", "other")!["spec"]!.ToJsonString();

        await world.PatchAsync("modeldeployments", target, poison);
        await world.UntilAsync("the condition", () => Told.By(world, "modeldeployments", "other", "Undecodable") is not null);
        Told.By(world, "modeldeployments", "other", "Undecodable")!.Value.Message.Should().StartWith(words);
        await world.UntilAsync("the Event", () => Told.Warnings(world, "other", "Undecodable").Count > 0);

        // A process that starts now meets it in its first list.
        world.KillOperator();
        world.StartOperator();
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the sound one's end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Phase.Should().Be(RolloutPhase.Succeeded);
        Told.Object(world, "gatewayroutes", "other")!["spec"]!.ToJsonString().Should().Be(before, "what serves serves on");
        (await world.WritesAtRestAsync(settling: TimeSpan.FromMinutes(1), quiet: TimeSpan.FromMinutes(2))).Should().BeEmpty();

        await world.PatchAsync("modeldeployments", target, remedy);
        await world.PatchAsync("modeldeployments", "other", """{"spec":{"replicas":1}}""");
        await world.UntilAsync("the condition gone", () => Told.By(world, "modeldeployments", "other", "Undecodable") is null);
        await world.UntilAsync("the mended spec carried out", () => world.List("deployments").Any(child => (string?)child!["metadata"]!["labels"]!["mlops-operator.io/deployment"] is "other" && (int?)child["spec"]!["replicas"] == 1));
    }
}
