using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Tests.Traffic;

public class ExposureFloorTests
{
    [Fact]
    public void A_rollout_begins_at_the_sequence_of_its_first_route() =>
        ExposureFloor.Next(new ModelRolloutStatus(), At(0), 15).Should().Be(15);

    [Theory]
    [InlineData(1_000, 5_000, 15, "a raise exposes no more than what is judged already")]
    [InlineData(1_000, 1_000, 15, "other content lowers nothing")]
    [InlineData(5_000, 1_000, 17, "a gateway that missed this would expose too much")]
    [InlineData(1_000, 0, 17, "a gateway that missed this would expose too much")]
    public void Only_a_lowered_exposure_raises_the_floor(int before, int after, long floor, string because) =>
        ExposureFloor.Next(new ModelRolloutStatus { Sequence = 16, Weights = At(before), Route = new RolloutRoute { Floor = 15 } }, At(after), 17).Should().Be(floor, because);

    [Fact]
    public void A_record_from_before_floors_starts_with_its_next_route()
    {
        var old = new ModelRolloutStatus { Sequence = 16, Weights = At(1_000), Route = new RolloutRoute() };
        ExposureFloor.Of(old).Should().Be(16);
        ExposureFloor.Next(old, At(5_000), 17).Should().Be(17);
    }

    private static RolloutWeights At(int candidate) => new() { Stable = 10_000 - candidate, Candidate = candidate };
}
