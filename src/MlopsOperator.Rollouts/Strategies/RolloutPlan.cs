using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>A strategy compiled to steps. Nothing else in the engine knows a strategy's name.</summary>
internal sealed record RolloutPlan
{
    /// <summary>The steps in their order; never empty.</summary>
    internal required IReadOnlyList<IStep> Steps { get; init; }

    /// <summary>Guards and their settings; null where nothing is judged.</summary>
    internal JudgeSettings? Judge { get; init; }

    internal AdvanceMode Advance { get; init; }

    /// <summary>Time between scrapes.</summary>
    internal TimeSpan Interval { get; init; }

    /// <summary>How long a required metric may stay Unknown at one step.</summary>
    internal TimeSpan UnknownAfter { get; init; }

    internal UnknownAction UnknownThen { get; init; }

    /// <summary>Smallest size of the candidate, unless fewer are wanted.</summary>
    internal int MinPods { get; init; } = 1;

    /// <summary>The step, or the nearest one for an index that no step has.</summary>
    internal IStep StepAt(int index) => Steps[Math.Clamp(index, 0, Steps.Count - 1)];

    /// <summary>The candidate's weight while a step lasts: that of the last step so far that sets one.</summary>
    internal int WeightAt(int index)
    {
        for (var i = Math.Clamp(index, 0, Steps.Count - 1); i >= 0; i--)
        {
            if (Steps[i].Weight is { } weight)
            {
                return weight;
            }
        }

        return 0;
    }

    /// <summary>The weight that pods are sized for: that of the step, before the first weight that one.</summary>
    internal int SizingWeightAt(int index)
    {
        for (var i = Math.Clamp(index, 0, Steps.Count - 1); i >= 0; i--)
        {
            if (Steps[i].Weight is { } weight)
            {
                return weight;
            }
        }

        return Steps.First(s => s.Weight is not null).Weight!.Value;
    }

    /// <summary>Which of the analyses a step belongs to, from 0; after the last, the last.</summary>
    internal int AnalysisAt(int index)
    {
        var before = Steps.Take(Math.Clamp(index, 0, Steps.Count - 1)).Count(s => s is AnalyzeStep);
        return Math.Clamp(before, 0, Math.Max(0, Analyses - 1));
    }

    internal int Analyses => Steps.Count(s => s is AnalyzeStep);

    /// <summary>Whether stable is stopped before the candidate starts, so that nothing serves for a while.</summary>
    internal bool HasGap => Steps.Any(step => step is StopStep);

    /// <summary>Index of the first step of a kind; -1 without one.</summary>
    internal int IndexOf<TStep>()
        where TStep : IStep
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] is TStep)
            {
                return i;
            }
        }

        return -1;
    }
}
