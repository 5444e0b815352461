using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>A state of the world, and when it is over. What the world looks like meanwhile follows from phase and weight.</summary>
internal interface IStep
{
    /// <summary>Name for people, such as <c>weight 10%</c>.</summary>
    string Name { get; }

    /// <summary>Phase of the rollout while the step lasts.</summary>
    RolloutPhase Phase { get; }

    /// <summary>The candidate's weight that the step sets, in ten-thousandths; null: as the step before.</summary>
    int? Weight { get; }

    /// <summary>Whether it is over, and else what it waits for.</summary>
    StepProgress Look(Situation situation);
}
