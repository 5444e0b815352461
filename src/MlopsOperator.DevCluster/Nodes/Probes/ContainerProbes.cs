using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Nodes.Probes;

/// <summary>
/// The probes of one incarnation of a container. Readiness and liveness begin when the startup probe has passed. Ready only after the first
/// pass of the readiness probe; live until the liveness probe has failed as often as its threshold says.
/// </summary>
internal sealed class ContainerProbes
{
    private readonly Func<ProbeSpec, CancellationToken, Task<ProbeResult>> run;
    private readonly Action<ProbeKind, ProbeResult> changed;
    private readonly TimeProvider time;
    private readonly ProbeSpec? startup;
    private readonly ProbeSpec? readiness;
    private readonly ProbeSpec? liveness;
    private volatile bool started;
    private volatile bool ready;
    private volatile ProbeKind[] failed = [];

    /// <param name="container">The container as the pod says it.</param>
    /// <param name="run">Runs a probe once.</param>
    /// <param name="changed">Told of each failed run and each change of state, from a thread of its own.</param>
    /// <param name="time">Clock.</param>
    public ContainerProbes(JsonObject container, Func<ProbeSpec, CancellationToken, Task<ProbeResult>> run, Action<ProbeKind, ProbeResult> changed, TimeProvider time)
    {
        this.run = run;
        this.changed = changed;
        this.time = time;
        startup = ProbeSpec.Of(container, ProbeKind.Startup);
        readiness = ProbeSpec.Of(container, ProbeKind.Readiness);
        liveness = ProbeSpec.Of(container, ProbeKind.Liveness);
        started = startup is null;
        ready = readiness is null;
    }

    public bool HasStarted => started;

    public bool IsReady => started && ready;

    /// <summary>The probe because of which the container has to be started again, if one failed for good.</summary>
    public ProbeKind? Fatal => failed is [var kind, ..] ? kind : null;

    /// <summary>Probes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (startup is not null)
            {
                await FollowAsync(startup, cancellationToken);
            }

            if (started)
            {
                await Task.WhenAll(
                    readiness is null ? Task.CompletedTask : FollowAsync(readiness, cancellationToken),
                    liveness is null ? Task.CompletedTask : FollowAsync(liveness, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The container is gone.
        }
    }

    private async Task FollowAsync(ProbeSpec probe, CancellationToken cancellationToken)
    {
        if (probe.InitialDelay > TimeSpan.Zero)
        {
            await Task.Delay(probe.InitialDelay, time, cancellationToken);
        }

        var successes = 0;
        var failures = 0;
        while (true)
        {
            var result = await run(probe, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            successes = result.Success ? successes + 1 : 0;
            failures = result.Success ? 0 : failures + 1;
            if (Note(probe, result, successes >= probe.SuccessThreshold, failures >= probe.FailureThreshold))
            {
                return;
            }

            await Task.Delay(probe.Period, time, cancellationToken);
        }
    }

    /// <summary>Takes an outcome in; true: this probe has done its work.</summary>
    private bool Note(ProbeSpec probe, ProbeResult result, bool passed, bool failedForGood)
    {
        var before = (started, ready, failed.Length);
        var done = false;
        if (probe.Kind == ProbeKind.Readiness)
        {
            ready = passed || (ready && !failedForGood);
        }
        else if (failedForGood)
        {
            failed = [.. failed, probe.Kind];
            done = true;
        }
        else if (probe.Kind == ProbeKind.Startup && passed)
        {
            started = true;
            done = true;
        }

        if (!result.Success || before != (started, ready, failed.Length))
        {
            changed(probe.Kind, result);
        }

        return done;
    }
}
