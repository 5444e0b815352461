using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class EngineDecisionTests
{
    [Fact]
    public async Task A_decision_about_a_canary_allocates_little()
    {
        var round = new CanaryRound();

        var allocated = await Allocation.OfAsync(() => { round.Decide(); });

        // 69,936 when this was written: the plan compiled from the strategy, the evidence read from the record and written to it, three guards judged, and the
        // record of each check.
        allocated.Should().BeLessThan(90_000);
    }
}
