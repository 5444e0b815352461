namespace MlopsOperator.DevCluster.Tests.Nodes;

internal static class Processes
{
    /// <summary>Waits until a process is gone, or only a remnant that its parent has not collected.</summary>
    public static async Task UntilGoneAsync(string pid)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 500 && IsThere(pid); i++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        IsThere(pid).Should().BeFalse("process {0} should have ended", pid);
    }

    public static bool IsThere(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
