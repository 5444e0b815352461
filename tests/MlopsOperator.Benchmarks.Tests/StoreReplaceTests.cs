using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

public sealed class StoreReplaceTests
{
    // 179,120 and 380,560 when this was written. Without a change: the keys before and after, and the list in their order, some 180 bytes a pod. Each pod that
    // has changed is decoded once, which takes 20 KB; where all thousand were, it would be 20 MB.
    [Theory]
    [InlineData(0, 232_000)]
    [InlineData(10, 490_000)]
    public async Task A_list_decodes_only_what_has_changed(int changed, long bound)
    {
        var lists = new PodLists(changed);

        var allocated = await Allocation.OfAsync(lists.Replace);

        allocated.Should().BeLessThan(bound);
    }
}
