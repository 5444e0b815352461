namespace MlopsOperator.DevCluster.Tests.Nodes;

internal static class Logs
{
    /// <summary>The whole of what a log request answers, or null.</summary>
    public static async Task<string?> ReadAsync(IPodLogs logs, PodLogRequest request)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var stream = await logs.OpenAsync(request, cancelled);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancelled);
    }
}
