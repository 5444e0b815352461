namespace MlopsOperator.DevCluster.Tests.Nodes;

internal static class Processes
{
    /// <summary>Waits until a process is gone, or only a remnant that its parent has not collected.</summary>
    public static async Task UntilGoneAsync(string pid)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 500 && await IsThereAsync(pid); i++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        (await IsThereAsync(pid)).Should().BeFalse("process {0} should have ended", pid);
    }

    public static async Task<bool> IsThereAsync(string pid)
    {
        try
        {
            var stat = await File.ReadAllTextAsync($"/proc/{pid}/stat", TestContext.Current.CancellationToken);
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
