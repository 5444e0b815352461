using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>
/// The embedded cluster under the runtime's seam, without HTTP. Goes dead when told to, as for an operator that is killed. What has been sent is done, whatever
/// becomes of the process that sent it: the cluster's work is not the process'.
/// </summary>
internal sealed class ClusterTransport(EmbeddedCluster cluster, string client, SimulationScheduler scheduler) : IKubernetesTransport
{
    public bool IsDead { get; set; }

    /// <summary>Hears of each request before it is sent.</summary>
    public Action<TransportRequest>? Sending { get; set; }

    /// <summary>A fault for a request: a status to answer with instead of the cluster; null lets it through.</summary>
    public Func<TransportRequest, int?>? Fault { get; set; }

    /// <summary>Whether the answer of a request is lost, though the cluster has done what it asks.</summary>
    public Func<TransportRequest, bool>? LosesAnswer { get; set; }

    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        ThrowIfDead();
        if (request.BeforeSending is { } ask)
        {
            // HTTP waits for a connection here: the process may be paused meanwhile, and asks again whether it may write.
            await Task.Yield();
            ThrowIfDead();
            ask();
        }

        Sending?.Invoke(request);
        if (Fault?.Invoke(request) is { } status)
        {
            var body = FormattableString.Invariant($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Scripted","message":"refused by the test","code":{{status}}}""");
            return new TransportResponse(status, System.Text.Encoding.UTF8.GetBytes(body));
        }

        var answer = await ReachAsync(() => cluster.SendAsync(request.Method, request.PathAndQuery, request.Body, request.ContentType, client, CancellationToken.None)).WaitAsync(cancellationToken);
        if (LosesAnswer?.Invoke(request) == true)
        {
            throw new TransportException("the answer was lost");
        }

        return new TransportResponse(answer.Status, answer.Body, answer.RetryAfter);
    }

    public async Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        ThrowIfDead();
        Sending?.Invoke(request);
        return new Stream(this, await ReachAsync(() => cluster.WatchAsync(request.PathAndQuery, client, cancellationToken)));
    }

    /// <summary>A connection that the cluster's faults break is to the runtime what a broken network is.</summary>
    private Task<T> ReachAsync<T>(Func<Task<T>> call) => scheduler.Within(() => CallAsync(call));

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ConnectionLostException lost)
        {
            throw new TransportException(lost.Message, lost);
        }
    }

    private void ThrowIfDead()
    {
        if (IsDead)
        {
            throw new TransportException("this operator is dead");
        }
    }

    private sealed class Stream(ClusterTransport transport, ClusterWatch watch) : IWatchStream
    {
        public int Status => watch.Status;

        public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken) =>
            await transport.ReachAsync(() => watch.ReadLineAsync(cancellationToken).AsTask());

        public ValueTask DisposeAsync() => watch.DisposeAsync();
    }
}
