using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>A first version gets its route, once its pods are ready, until a gateway confirms it.</summary>
internal sealed record RouteStep : IStep
{
    public string Name => "route";

    public RolloutPhase Phase => RolloutPhase.Preparing;

    public int? Weight => Weights.Total;

    public StepProgress Look(Situation situation) =>
        situation.Record.Step.AcknowledgedAt is not null
            ? StepProgress.Done($"Route {Texts.Number(situation.Record.Sequence)} confirmed by the gateways.")
            : StepProgress.Waits(WaitingFor.Acknowledgement(situation));
}
