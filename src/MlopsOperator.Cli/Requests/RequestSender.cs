using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Requests;

/// <summary>Creates a request and waits for its answer.</summary>
internal sealed class RequestSender(ClusterAccess cluster, Screen screen, TimeProvider time)
{
    private const string Manager = "kubectl-mlops";

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>The request with its answer; as it was created where <paramref name="within"/> is zero.</summary>
    public async Task<RolloutRequest> SendAsync(RolloutRequest request, TimeSpan within, CancellationToken cancellationToken)
    {
        var created = await cluster.Api.CreateAsync(request, Manager, cancellationToken);
        var name = created.Metadata.Name;
        await screen.TellAsync($"RolloutRequest {name} created.");
        if (within <= TimeSpan.Zero)
        {
            return created;
        }

        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < within;)
        {
            await Task.Delay(Between, time, cancellationToken);
            var now = await cluster.Api.GetAsync<RolloutRequest>(created.Metadata.NamespaceProperty, name, cancellationToken)
                ?? throw new CommandFailure(ExitCodes.Failed, $"RolloutRequest {name} was deleted before it was answered. Whether it was used, the record says: kubectl mlops why {request.Spec.Deployment} -n {created.Metadata.NamespaceProperty}");
            if (now.Status is { Phase: RequestPhase.Honoured or RequestPhase.Refused })
            {
                return now;
            }
        }

        throw new CommandFailure(
            ExitCodes.TimedOut,
            $"RolloutRequest {name} has not been answered within {within}; it stays, and will be. See whether the operator runs: kubectl get pods -n mlops-system; and its answer: kubectl get rreq {name} -n {created.Metadata.NamespaceProperty} -o wide");
    }
}
