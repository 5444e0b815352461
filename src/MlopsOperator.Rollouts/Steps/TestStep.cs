using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Golden requests are sent to a pod and their answers compared; the results stand in the record. A wrong answer takes back.</summary>
internal sealed record TestStep : IStep
{
    public string Name => "test";

    public RolloutPhase Phase => RolloutPhase.Preparing;

    public int? Weight => null;

    public StepProgress Look(Situation situation)
    {
        if (situation.Inputs.Candidate is { ContentKnown: false } && situation.Record.Tests is not { Count: > 0 })
        {
            return StepProgress.Waits(WaitingFor.Content(situation));
        }

        if (situation.Inputs.Candidate is { ContentKnown: true, GoldenTests: <= 0 })
        {
            return StepProgress.Done($"{situation.CandidateName} has no golden requests.");
        }

        return situation.Record.Tests is { Count: > 0 } tests && tests.All(t => t.Passed)
            ? StepProgress.Done($"{Texts.Number(tests.Count)} of {Texts.Number(tests.Count)} golden requests of {situation.CandidateName} passed.")
            : StepProgress.Waits(WaitingFor.GoldenRequests(situation));
    }

    /// <summary>The step, unless the strategy wants no golden requests.</summary>
    internal static IEnumerable<IStep> Of(RolloutStrategySpec strategy) => strategy.Tests is { Golden: false } ? [] : [new TestStep()];

    /// <summary>Whether the candidate has answered its golden requests well, or has none.</summary>
    internal static bool Passed(Situation situation) =>
        situation.Plan.IndexOf<TestStep>() < 0
        || situation.Inputs.Candidate is { ContentKnown: true, GoldenTests: <= 0 }
        || (situation.Record.Tests is { Count: > 0 } tests && tests.All(t => t.Passed));

    /// <summary>Whether golden requests are to be sent now.</summary>
    internal static bool Wanted(Situation situation) =>
        situation.Forward
        && (situation.Step is TestStep || CapacityClocks.StableLost(situation))
        && situation.Record.Tests is not { Count: > 0 }
        && situation.Inputs.Candidate.GoldenTests > 0
        && situation.CandidateReady > 0;
}
