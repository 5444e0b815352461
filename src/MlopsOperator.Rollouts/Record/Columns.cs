using System.Globalization;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Explanations;

namespace MlopsOperator.Rollouts.Record;

/// <summary>Strings of the printer columns.</summary>
internal static class Columns
{
    internal static RolloutColumns Of(Situation situation, string? waitingFor)
    {
        var steps = situation.Plan.Steps.Count;
        var number = Math.Clamp(situation.Record.Step.Index, 0, steps - 1) + 1;
        return new RolloutColumns
        {
            Step = string.Create(CultureInfo.InvariantCulture, $"{number}/{steps}"),
            Weight = Weight(situation),
            WaitingFor = waitingFor is null ? null : Limits.Cut(First(waitingFor), Limits.Column),
        };
    }

    /// <summary>What is waited for, without what would end it.</summary>
    private static string First(string text) => text.IndexOf("; ", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text;

    /// <summary>Share of <c>to</c>, also once it is the only one.</summary>
    private static string? Weight(Situation situation)
    {
        if (situation.Record.Weights is not { } weights)
        {
            return null;
        }

        var only = situation.FirstVersion || situation.Phase is RolloutPhase.Retiring or RolloutPhase.Succeeded;
        return Texts.Percent(only ? Weights.Total : weights.Candidate);
    }
}
