using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Strategies;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts;

/// <summary>What a decision works on: the inputs, and the record as it becomes.</summary>
internal sealed record Situation
{
    internal required RolloutInputs Inputs { get; init; }

    internal required RolloutPlan Plan { get; init; }

    internal required DateTimeOffset Now { get; init; }

    internal required ModelRolloutStatus Record { get; init; }

    /// <summary>The record's evidence, decoded.</summary>
    internal required EvidenceState Evidence { get; init; }

    /// <summary>What the judges say now; null while nobody is judged.</summary>
    internal Judgement? Judgement { get; init; }

    /// <summary>Time without exposure that this decision has found, beyond what the record had counted.</summary>
    internal TimeSpan Lapsed { get; init; }

    /// <summary>A request that moves the rollout, to be answered among the transitions; null when none is there.</summary>
    internal PendingRequest? Asked { get; init; }

    internal ModelRolloutSpec Spec => Inputs.Spec;

    internal DeploymentIntent Intent => Inputs.Intent;

    internal RolloutPhase Phase => Record.Phase;

    internal IStep Step => Plan.StepAt(Record.Step.Index);

    internal bool FirstVersion => Spec.From is null;

    internal bool Promoted => Record.PromotedAt is not null;

    internal bool Final => Phase is RolloutPhase.Succeeded or RolloutPhase.RolledBack or RolloutPhase.Superseded or RolloutPhase.Refused;

    /// <summary>Before the flip, and not being taken back.</summary>
    internal bool Forward => Phase is RolloutPhase.Pending or RolloutPhase.Preparing or RolloutPhase.Progressing or RolloutPhase.Promoting;

    /// <summary>Whether the candidate has ever been given requests.</summary>
    internal bool Exposed => Record.Route?.ExposedAt is not null;

    /// <summary>Whether guards run: from the first exposure to the end of Baking.</summary>
    internal bool Guarded => Exposed && !FirstVersion && (Forward || Phase is RolloutPhase.Baking);

    /// <summary>Whether stable's pods are gone, or going, on purpose. Not while a hold keeps the rollout from going on to what will serve instead.</summary>
    internal bool StableStopped => Forward && Phase is not RolloutPhase.Pending && Plan.HasGap && !(Step is StopStep && Held);

    /// <summary>Whether nothing serves until the candidate does: no hold may keep the rollout here.</summary>
    internal bool InGap => StableStopped && Step is not StopStep;

    internal int Replicas => Math.Clamp(Intent.Replicas, 0, Limits.Replicas);

    internal int BaseReplicas => Math.Clamp(Record.BaseReplicas, 0, Limits.Replicas);

    /// <summary>Nothing is wanted to run: exempt from capacity rules.</summary>
    internal bool Idle => Replicas == 0;

    internal int CandidateReady => Math.Clamp(Inputs.Candidate.ReadyEndpoints, 0, Limits.Replicas);

    internal int StableReady => Math.Clamp(Inputs.Stable?.ReadyEndpoints ?? 0, 0, Limits.Replicas);

    /// <summary>The candidate's weight as last asked for.</summary>
    internal int Weight => Record.Weights?.Candidate ?? 0;

    internal bool Held => Record.Holds is { Count: > 0 };

    internal string CandidateName => Name(Spec.To);

    internal string StableName => Spec.From is { } from ? Name(from) : "nothing";

    /// <summary>Time since a moment of the record; never negative.</summary>
    internal TimeSpan Since(DateTimeOffset? moment) =>
        moment is { } m && Now > m ? Now - m : TimeSpan.Zero;

    internal bool Elapsed(DateTimeOffset? moment, TimeSpan time) => moment is not null && Since(moment) >= time;

    internal Situation With(ModelRolloutStatus record) => this with { Record = record };

    private static string Name(RolloutRevision revision) => revision.ModelVersion.Length > 0 ? revision.ModelVersion : revision.Revision;
}
