namespace MlopsOperator.Rollouts.Steps;

/// <summary>Whether a step is over.</summary>
/// <param name="Over">Whether it is.</param>
/// <param name="Text">What ended it; else what it waits for, since when, and what would end it.</param>
internal sealed record StepProgress(bool Over, string Text)
{
    /// <summary>What leaving the step changes in the record, beside the step itself.</summary>
    internal Func<Situation, Situation>? Effect { get; init; }

    /// <summary>Time after which the step may be over by itself; null when only an event can end it.</summary>
    internal TimeSpan? Remaining { get; init; }

    internal static StepProgress Done(string text) => new(Over: true, text);

    internal static StepProgress Waits(string text, TimeSpan? remaining = null) => new(Over: false, text) { Remaining = remaining };
}
