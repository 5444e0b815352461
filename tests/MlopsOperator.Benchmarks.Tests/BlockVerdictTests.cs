using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class BlockVerdictTests
{
    [Fact]
    public async Task A_block_judged_by_errors_allocates_little()
    {
        var block = JudgedBlock.OfErrors();

        var allocated = await Allocation.OfAsync(() => { block.Verdict(); });

        // 8,624 when this was written: for each of two guards a state with its wealths, and a verdict.
        allocated.Should().BeLessThan(11_200);
    }

    [Fact]
    public async Task A_block_judged_by_latency_allocates_little()
    {
        var block = JudgedBlock.OfLatency();

        var allocated = await Allocation.OfAsync(() => { block.Verdict(); });

        // 8,112 when this was written: as for one guard of errors, and its bets on health; the 66 buckets of each arm are counted, not copied.
        allocated.Should().BeLessThan(10_500);
    }
}
