using MlopsOperator.Rollouts.Capacity;

namespace MlopsOperator.Rollouts.Tests.Capacity;

public sealed class CapacityRuleTests
{
    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(1, 3, 1)]
    [InlineData(1000, 3, 1)]
    [InlineData(5000, 3, 2)]
    [InlineData(10_000, 3, 3)]
    [InlineData(2500, 10, 3)]
    [InlineData(10_000, 0, 0)]
    [InlineData(10_000, 100_000, 100_000)]
    public void A_weight_needs_its_share_of_the_pods_rounded_up(int weight, int replicas, int needed) =>
        CapacityRule.Needed(weight, replicas).Should().Be(needed);

    [Theory]
    [InlineData(1, 4, 2500)]
    [InlineData(2, 3, 6666)]
    [InlineData(3, 3, 10_000)]
    [InlineData(9, 3, 10_000)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0, 10_000)]
    public void Ready_pods_bear_their_share_rounded_down(int ready, int replicas, int weight) =>
        CapacityRule.Bears(ready, replicas).Should().Be(weight);

    [Fact]
    public void What_pods_bear_never_needs_more_than_them()
    {
        for (var replicas = 1; replicas <= 50; replicas++)
        {
            for (var ready = 0; ready <= replicas; ready++)
            {
                CapacityRule.Needed(CapacityRule.Bears(ready, replicas), replicas).Should().BeLessThanOrEqualTo(ready);
            }
        }
    }
}
