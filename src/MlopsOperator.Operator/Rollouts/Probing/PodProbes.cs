using System.Collections.Concurrent;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Operator.Rollouts.GoldenTests;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Rollouts.Probing;

/// <summary>
/// Talks to pods beside the reconcile loop: a pod that hangs must not keep a worker from taking another candidate back. One probe at a time for each
/// rollout; when it has something to tell, the deployment is looked at again.
/// </summary>
internal sealed class PodProbes(
    GoldenTestRunner tests,
    ReadinessReasons readiness,
    RolloutMemory memory,
    IReconcileQueue<ModelDeployment> queue,
    ILogger<PodProbes> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Sends the golden requests to a pod, unless that is under way.</summary>
    public void Test(ModelDeployment deployment, ModelRollout rollout, string address, RevisionContent content) => Begin(rollout, deployment, async token =>
    {
        var results = await tests.RunAsync(address, content, token);
        if (results is not null)
        {
            memory.KeepTests(rollout, results);
        }

        return results is not null;
    });

    /// <summary>Asks pods that are not ready why they are not, unless that is under way.</summary>
    public void Ask(ModelDeployment deployment, ModelRollout rollout, IReadOnlyList<V1Pod> pods, RevisionContent content) =>
        Begin(rollout, deployment, token => readiness.AskAsync(pods, content, token));

    public async ValueTask DisposeAsync()
    {
#pragma warning disable MA0042 // CancelAsync would leave the caller's context.
        _stop.Cancel();
#pragma warning restore MA0042
        await Task.WhenAll(_running.Values);
        _stop.Dispose();
    }

    private void Begin(ModelRollout rollout, ModelDeployment deployment, Func<CancellationToken, Task<bool>> probe)
    {
        if (_stop.IsCancellationRequested || (_running.TryGetValue(rollout.Metadata.Uid, out var running) && !running.IsCompleted))
        {
            return;
        }

        var begun = RunAsync(new ObjectKey(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name), probe);
        if (begun.IsCompleted)
        {
            _running.TryRemove(rollout.Metadata.Uid, out _);
            return;
        }

        _running[rollout.Metadata.Uid] = begun;
        foreach (var (uid, _) in _running.Where(entry => entry.Value.IsCompleted))
        {
            _running.TryRemove(uid, out _);
        }
    }

    private async Task RunAsync(ObjectKey key, Func<CancellationToken, Task<bool>> probe)
    {
        try
        {
            if (await probe(_stop.Token))
            {
                queue.Enqueue(ModelOperatorServices.RolloutController, key);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // A probe that breaks tells nothing; the next decision asks for another.
        catch (Exception error)
        {
            Log.ProbeFailed(logger, key, error);
        }
#pragma warning restore CA1031
    }
}
