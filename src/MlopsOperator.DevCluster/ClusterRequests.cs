using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster;

/// <summary>The requests that a cluster has answered; the last 10,000 are kept.</summary>
public sealed class ClusterRequests
{
    private readonly RequestLog log;

    internal ClusterRequests(RequestLog log) => this.log = log;

    /// <summary>A mark for <see cref="Since"/>: now.</summary>
    public long Mark() => log.Count;

    /// <summary>Requests that were answered after a mark.</summary>
    public IReadOnlyList<RequestRecord> Since(long mark) => log.Since(mark);
}
