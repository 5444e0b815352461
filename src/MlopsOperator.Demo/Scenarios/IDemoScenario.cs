using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What the demo shows once the first version serves.</summary>
internal interface IDemoScenario
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>The strategy's name, as a RolloutStrategy of the demo's namespace.</summary>
    string Strategy { get; }

    /// <summary>What a good end is, in a sentence.</summary>
    string Ending { get; }

    /// <summary>Tells it.</summary>
    /// <exception cref="DemoFailure">Something did not come as it should.</exception>
    Task TellAsync(DemoStory story, Replay replay, CancellationToken cancellationToken);

    /// <summary>What is wrong with what clients saw, once all answers have come; null if nothing is.</summary>
    string? ProblemOf(TrafficLog traffic);
}
