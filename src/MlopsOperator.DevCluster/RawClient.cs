using MlopsOperator.DevCluster.Faults;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster;

/// <summary>Requests without HTTP, for those that bring their own client.</summary>
internal sealed class RawClient(ClientGate gate)
{
    public async Task<ClusterResponse> SendAsync(string method, string pathAndQuery, ReadOnlyMemory<byte> body, string? contentType, string? userAgent, CancellationToken cancellationToken)
    {
        var response = await gate.HandleAsync(Request(method, pathAndQuery, body, contentType, userAgent), cancellationToken);
        if (response.Watch is not null)
        {
            await response.Watch.DisposeAsync();
            throw new ArgumentException($"{pathAndQuery} is a watch: open it with WatchAsync", nameof(pathAndQuery));
        }

        TimeSpan? after = response.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new ClusterResponse(response.Status, await WholeBodyAsync(response, cancellationToken), after, response.Warnings);
    }

    public async Task<ClusterWatch> WatchAsync(string pathAndQuery, string? userAgent, CancellationToken cancellationToken) =>
        new(await gate.HandleAsync(Request("GET", pathAndQuery, default, null, userAgent), cancellationToken));

    private static ApiRequest Request(string method, string pathAndQuery, ReadOnlyMemory<byte> body, string? contentType, string? userAgent) => new(method, pathAndQuery)
    {
        Body = body,
        ContentType = contentType ?? "application/json",
        UserAgent = userAgent ?? "in-process",
    };

    private static async Task<ReadOnlyMemory<byte>> WholeBodyAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        if (response.Stream is null)
        {
            return response.Body;
        }

        await using var stream = response.Stream;
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }
}
