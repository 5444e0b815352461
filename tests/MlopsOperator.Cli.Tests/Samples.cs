using k8s.Models;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;

namespace MlopsOperator.Cli.Tests;

/// <summary>Releases as the operator leaves them.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A canary at 10 %.</summary>
    public static Release Canary(params RolloutHold[] holds) => Of(Deployment("RollingOut", "Progressing", "b", ("Ready", "False")), Rollout(new ModelRolloutStatus
    {
        Phase = RolloutPhase.Progressing,
        Reason = "Progressing",
        StartedAt = Noon,
        Step = new RolloutStep { Index = 3, Name = "wait 5m", StartedAt = Noon, WaitingFor = "5m since 2026-03-01T12:00:00Z" },
        Weights = new RolloutWeights { Stable = 9000, Candidate = 1000 },
        Columns = new RolloutColumns { Step = "4/11", Weight = "10%", WaitingFor = "5m since 2026-03-01T12:00:00Z" },
        Holds = holds.Length == 0 ? null : holds,
        Verdicts = [new MetricVerdict { Metric = "errors.ceiling", State = VerdictState.Unknown, Reason = "NotYet", Candidate = 0.002, Stable = 0.0015, Threshold = 0.01, Samples = 480, Needs = "about 12 more blocks" }],
        Requests =
        [
            new RecordedRequest { Uid = "r1", Name = "ask", Action = RequestAction.Resume, By = "jane\u001b[31m", Phase = RequestPhase.Refused, Message = "ModelDeployment delays is neither paused nor contested: there is nothing to resume.", Time = Noon },
        ],
        History = [new HistoryEntry { Time = Noon, Actor = "Git", Event = "RolloutStarted", Detail = "Rollout from delays-v1 to delays-v2." }],
    }));

    public static RolloutHold Approval { get; } = new() { Name = RolloutReasons.ApprovalHold, Since = Noon, Reason = "approval of step 4: look at it, since 2026-03-01T12:00:00Z; kubectl mlops approve delays -n prod" };

    public static RolloutHold User { get; } = new() { Name = RolloutReasons.UserHold, Since = Noon, Reason = "a Resume: jane (unverified) paused it at 2026-03-01T12:00:00Z; kubectl mlops resume delays -n prod" };

    /// <summary>Taken back, stable serves.</summary>
    public static Release TakenBack() => Of(Deployment("Degraded", "RolledBack", "b", ("Ready", "False"), ("Stalled", "True")), Rollout(new ModelRolloutStatus
    {
        Phase = RolloutPhase.RolledBack,
        Reason = RolloutReasons.Failed,
        Message = "errors.ceiling of delays-v2 failed at 10%.",
        FinishedAt = Noon,
        Columns = new RolloutColumns { Step = "4/11", Weight = "0%" },
    }));

    /// <summary>Promoted, nothing going on.</summary>
    public static Release Serving() => Of(Deployment("Serving", "Serving", "a", ("Ready", "True")), Rollout(new ModelRolloutStatus
    {
        Phase = RolloutPhase.Succeeded,
        Reason = RolloutReasons.Proved,
        FinishedAt = Noon,
        Columns = new RolloutColumns { Step = "11/11", Weight = "100%" },
    }));

    private static Release Of(ModelDeployment deployment, params ModelRollout[] rollouts) => new(deployment, rollouts);

    private static ModelDeployment Deployment(string phase, string reason, string wanted, params (string Type, string Status)[] conditions) => new()
    {
        Metadata = new V1ObjectMeta { Name = "delays", NamespaceProperty = "prod", Uid = "uid", Generation = 2 },
        Spec = new ModelDeploymentSpec { ModelVersionRef = new NameReference { Name = "delays-v2" }, Replicas = 2 },
        Status = new ModelDeploymentStatus
        {
            ObservedGeneration = 2,
            Phase = Enum.Parse<DeploymentPhase>(phase),
            Stable = new StableRevision { Revision = "a", ModelVersion = "delays-v1", Rollout = 1, Replicas = 2, Ready = 2 },
            Wanted = new WantedRevision { Revision = wanted, ModelVersion = "delays-v2", Generation = 2 },
            Columns = new DeploymentColumns { Version = "delays-v1", Ready = "2/2", Reason = reason },
            Conditions = [.. conditions.Select(condition => new Condition { Type = condition.Type, Status = condition.Status, Reason = reason, Message = "so it is" })],
        },
    };

    private static ModelRollout Rollout(ModelRolloutStatus status) => new()
    {
        Metadata = new V1ObjectMeta { Name = "delays-2", NamespaceProperty = "prod", Uid = "rollout-uid" },
        Spec = new ModelRolloutSpec { Deployment = "delays", Number = 2, From = new RolloutRevision { Revision = "a", ModelVersion = "delays-v1" }, To = new RolloutRevision { Revision = "b", ModelVersion = "delays-v2" } },
        Status = status,
    };
}
