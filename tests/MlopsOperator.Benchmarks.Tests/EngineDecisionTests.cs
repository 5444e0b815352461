using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class EngineDecisionTests
{
    [Fact]
    public async Task A_decision_about_a_canary_allocates_little()
    {
        var round = new CanaryRound();

        var allocated = await Allocation.OfAsync(() => { round.Decide(); });

        allocated.Should().BeLessThan(1);
    }
}
