using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Which row of the table of states a deployment is in. A list of small checks, first match wins; then whatever asks for a person (a spec that cannot be
/// used, a host that is taken) is laid over it. Pure.
/// </summary>
internal static class DeploymentStates
{
    private static readonly Func<DeploymentInputs, RolloutLedger, WantedRevision?, DeploymentState?>[] Precedence =
    [
        FirstVersion, UnderWay, TakenBack, Idle, Short, Serving,
    ];

    public static DeploymentState Of(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        var state = Precedence.Select(check => check(inputs, ledger, wanted)).First(state => state is not null)!;
        if (inputs.Problem is { } problem)
        {
            // Without a rollout that runs, nothing moves.
            return Stalled(ledger.Running is null ? state with { Progressing = false, Paused = false } : state, problem);
        }

        // A rollout that was taken back asks for a person already; the conflict has a condition of its own.
        return inputs.HostConflict is { } conflict && !state.Stalled ? Stalled(state, conflict) : state;
    }

    /// <summary>The same, but for a person to look at. A rollout goes on meanwhile.</summary>
    private static DeploymentState Stalled(DeploymentState state, SpecProblem problem) => state with
    {
        Phase = DeploymentPhase.Degraded,
        Ready = false,
        Reconciling = false,
        Stalled = true,
        Progress = state.Progressing ? new DeploymentProgress(state.Reason, state.Message) : null,
        Reason = problem.Reason,
        Message = problem.Message,
    };

    private static DeploymentState? FirstVersion(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        if (ledger.Stable is not null)
        {
            return null;
        }

        var status = ledger.Newest?.Status;
        var stalled = status is not null && Stalls(status);
        return new DeploymentState
        {
            Phase = stalled ? DeploymentPhase.Degraded : DeploymentPhase.Pending,
            Available = false,
            Ready = false,
            Reconciling = !stalled,
            Stalled = stalled,
            Progressing = !stalled,
            Paused = !stalled && WaitsForPerson(status),
            Reason = stalled ? status!.Reason : nameof(RolloutPhase.Preparing),
            Message = status?.Message is { Length: > 0 } message ? message : "The first version is coming up.",
        };
    }

    private static DeploymentState? UnderWay(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        var starting = ledger.Running is null && wanted is not null && !IsWanted(ledger, wanted)
            && !ledger.Rejecting().Any(rollout => string.Equals(rollout.Spec.To.Revision, wanted.Revision, StringComparison.Ordinal));
        if (ledger.Running is null && !starting)
        {
            return null;
        }

        var status = ledger.Running?.Status;
        var hold = status?.Holds is [var first, ..] ? first : null;
        var ready = inputs.Deployment.Spec.ReadyWhen == ReadyWhen.Serving && IsServed(inputs, ledger);
        return new DeploymentState
        {
            Phase = DeploymentPhase.RollingOut,
            Available = IsServed(inputs, ledger),
            Ready = ready,
            Reconciling = !ready,
            Progressing = true,
            Paused = WaitsForPerson(status),
            Reason = hold?.Name ?? (status?.Phase ?? RolloutPhase.Pending).ToString(),
            Message = hold?.Reason ?? (status?.Message is { Length: > 0 } message ? message : $"Rolling out {wanted?.ModelVersion}."),
        };
    }

    private static DeploymentState? TakenBack(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        var rejecting = ledger.Rejecting().LastOrDefault(rollout => string.Equals(rollout.Spec.To.Revision, wanted?.Revision, StringComparison.Ordinal));
        return rejecting is null
            ? null
            : new DeploymentState
            {
                Phase = DeploymentPhase.Degraded,
                Available = IsServed(inputs, ledger),
                Ready = false,
                Stalled = true,
                Reason = nameof(RolloutPhase.RolledBack),
                Message = $"{rejecting.Spec.To.ModelVersion} was taken back ({rejecting.Status!.Reason}: {rejecting.Status.Message}); {ledger.Stable?.ModelVersion} {(IsServed(inputs, ledger) ? "serves" : "is to serve and has no ready pod")}. "
                    + $"It is not tried again: {Remedy(ledger, rejecting)}, or ask for it: kubectl mlops retry {inputs.Deployment.Metadata.Name} -n {inputs.Deployment.Metadata.NamespaceProperty}.",
            };
    }

    /// <summary>What differs from stable, and so what to change.</summary>
    private static string Remedy(RolloutLedger ledger, ModelRollout rejecting) =>
        string.Equals(rejecting.Spec.To.ModelVersion, ledger.Stable?.ModelVersion, StringComparison.Ordinal)
            ? "change spec.template (or spec.runtimeRef), in which it differs from what serves"
            : "set spec.modelVersionRef to another version";

    private static DeploymentState? Idle(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted) => inputs.Deployment.Spec.Replicas == 0
        ? new DeploymentState
        {
            Phase = DeploymentPhase.Serving,
            Available = false,
            Ready = true,
            Reason = nameof(Idle),
            Message = "spec.replicas is 0: nothing is wanted to run.",
        }
        : null;

    private static DeploymentState? Short(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        var floor = Floor(inputs.Deployment.Spec);
        var ready = StablePods(inputs, ledger).Ready;
        return ready >= floor
            ? null
            : new DeploymentState
            {
                Phase = ready > 0 ? DeploymentPhase.Serving : DeploymentPhase.Degraded,
                Available = ready > 0,
                Ready = false,
                Reconciling = true,
                Reason = "Scaling",
                Message = FormattableString.Invariant($"{ready} of {floor} pods of {ledger.Stable?.ModelVersion} are ready."),
            };
    }

    private static DeploymentState? Serving(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted) => new()
    {
        Phase = DeploymentPhase.Serving,
        Available = true,
        Ready = true,
        Reason = ledger.Newest?.Status?.Phase == RolloutPhase.Baking ? nameof(RolloutPhase.Baking) : nameof(DeploymentPhase.Serving),
        Message = $"{ledger.Stable?.ModelVersion} serves all requests.",
    };

    /// <summary>Wanted pods: <c>max(replicas, minReplicas)</c>, or 0 when replicas is 0.</summary>
    public static int Floor(ModelDeploymentSpec spec) => spec.Replicas == 0 ? 0 : Math.Max(spec.Replicas, spec.MinReplicas);

    /// <summary>Pods of stable.</summary>
    public static RevisionPods StablePods(DeploymentInputs inputs, RolloutLedger ledger) =>
        inputs.Pods.GetValueOrDefault(ledger.Stable?.Revision ?? "") ?? RevisionPods.None;

    private static bool IsServed(DeploymentInputs inputs, RolloutLedger ledger) => StablePods(inputs, ledger).Ready > 0;

    private static bool IsWanted(RolloutLedger ledger, WantedRevision wanted) =>
        string.Equals(ledger.Stable?.Revision, wanted.Revision, StringComparison.Ordinal);

    private static bool WaitsForPerson(ModelRolloutStatus? status) =>
        status?.Holds?.Any(hold => hold.Name is RolloutReasons.UserHold or RolloutReasons.ApprovalHold) == true;

    /// <summary>A first version that failed stays in Preparing, with the reason that would have taken another one back.</summary>
    private static bool Stalls(ModelRolloutStatus status) =>
        status.Reason is RolloutReasons.DeadlineExceeded or RolloutReasons.TestFailed or RolloutReasons.Failed;
}
