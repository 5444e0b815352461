using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>A person must approve. Guards go on meanwhile, no deadline does.</summary>
/// <param name="Reason">What is to be decided; null where the strategy does not say.</param>
internal sealed record ApproveStep(string? Reason) : IStep
{
    public string Name => "approve";

    public RolloutPhase Phase => RolloutPhase.Progressing;

    public int? Weight => null;

    public StepProgress Look(Situation situation) => situation.Record.Step.ApprovedAt is { } at
        ? StepProgress.Done($"approved at {Texts.Time(at)}.")
        : StepProgress.Waits(WaitingFor.Approval(situation, Reason));

    /// <summary>Indices of the steps that wait for an approval, or will.</summary>
    internal static IEnumerable<int> Ahead(Situation situation) => Enumerable.Range(0, situation.Plan.Steps.Count)
        .Where(index => situation.Plan.Steps[index] is ApproveStep)
        .Where(index => index > situation.Record.Step.Index || (index == situation.Record.Step.Index && situation.Record.Step.ApprovedAt is null));
}
