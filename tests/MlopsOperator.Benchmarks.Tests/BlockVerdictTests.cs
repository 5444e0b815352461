using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class BlockVerdictTests
{
    [Fact]
    public async Task A_block_judged_by_errors_allocates_little()
    {
        var block = JudgedBlock.OfErrors();

        var allocated = await Allocation.OfAsync(() => { block.Verdict(); });

        allocated.Should().BeLessThan(1);
    }

    [Fact]
    public async Task A_block_judged_by_latency_allocates_little()
    {
        var block = JudgedBlock.OfLatency();

        var allocated = await Allocation.OfAsync(() => { block.Verdict(); });

        allocated.Should().BeLessThan(1);
    }
}
