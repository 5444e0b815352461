using MlopsOperator.Simulation.Invariants;
using MlopsOperator.Simulation.Planting;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Tests.Planting;

public sealed class PlantedBugTests
{
    public static TheoryData<string> Plants => [.. AllPlants.Names];

    [Theory]
    [MemberData(nameof(Plants))]
    public async Task A_planted_bug_is_reported_by_its_invariant(string name)
    {
        var plant = AllPlants.Create(name);

        var violations = await RunAsync(plant.Story, plant);

        violations.Should().Contain(violation => violation.Id == plant.Invariant);
    }

    [Theory]
    [InlineData(nameof(PlantStories.Good))]
    [InlineData(nameof(PlantStories.Quiet))]
    [InlineData(nameof(PlantStories.Bad))]
    [InlineData(nameof(PlantStories.Scaled))]
    [InlineData(nameof(PlantStories.Silent))]
    [InlineData(nameof(PlantStories.Unjudged))]
    [InlineData(nameof(PlantStories.CutOff))]
    [InlineData(nameof(PlantStories.LeaderChange))]
    [InlineData(nameof(PlantStories.ClockJumps))]
    public async Task Without_a_bug_the_same_stories_break_nothing(string story)
    {
        Func<ReleaseWorld, Task> told = story switch
        {
            nameof(PlantStories.Good) => PlantStories.Good,
            nameof(PlantStories.Quiet) => PlantStories.Quiet,
            nameof(PlantStories.Bad) => PlantStories.Bad,
            nameof(PlantStories.Scaled) => PlantStories.Scaled,
            nameof(PlantStories.Unjudged) => PlantStories.Unjudged,
            nameof(PlantStories.CutOff) => PlantStories.CutOff,
            nameof(PlantStories.ClockJumps) => PlantStories.ClockJumps,
            nameof(PlantStories.LeaderChange) => PlantStories.LeaderChange,
            _ => PlantStories.Silent,
        };

        (await RunAsync(told, null, elects: story is nameof(PlantStories.LeaderChange))).Should().BeEmpty();
    }

    private static async Task<IReadOnlyList<Violation>> RunAsync(Func<ReleaseWorld, Task> story, IPlant? plant, bool elects = false)
    {
        try
        {
            await using var world = await ReleaseWorld.StartAsync(plant: plant, elects: plant?.Elects ?? elects);
            await story(world);
            return world.Invariants.Violations;
        }
        catch (InvariantViolatedException broken)
        {
            return broken.Violations;
        }
    }
}
