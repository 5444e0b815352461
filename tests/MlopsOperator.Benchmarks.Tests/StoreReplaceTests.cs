using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class StoreReplaceTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    public async Task A_list_decodes_only_what_has_changed(int changed, long bound)
    {
        var lists = new PodLists(changed);

        var allocated = await Allocation.OfAsync(lists.Replace);

        allocated.Should().BeLessThan(bound);
    }
}
