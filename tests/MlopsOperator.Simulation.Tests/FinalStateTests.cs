using MlopsOperator.Simulation.Comparison;
using MlopsOperator.Simulation.Scenarios;

namespace MlopsOperator.Simulation.Tests;

public sealed class FinalStateTests
{
    [Fact]
    public async Task What_is_left_behind_shows()
    {
        await using var world = await Scenario.BeginAsync();
        await world.ServesAsync();
        var before = FinalState.Of(world);

        await world.PatchAsync("modeldeployments", "delays/scale", """{"spec":{"replicas":3}}""");
        await world.UntilAsync("a third pod", () => world.List("pods").Count == 3);

        FinalState.Difference(before, FinalState.Of(world)).Should().Contain(line => line.StartsWith("+ pods of", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_is_there_twice_is_not_one_that_is_there_once() =>
        FinalState.Difference(["a", "a", "b"], ["a", "b", "c"]).Should().Equal("- a", "+ c");
}
