using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What was seen of one rollout, look by look.</summary>
internal sealed class SeenRollout
{
    private readonly List<int> _weights = [];
    private AnswerCount _before;
    private AnswerCount _after;

    /// <summary>The last look.</summary>
    public ModelRollout? Last { get; private set; }

    /// <summary>Remembers a look.</summary>
    public void Look(ModelRollout rollout, IReadOnlyDictionary<string, AnswerCount> counts)
    {
        var count = counts.GetValueOrDefault(rollout.Spec.To.ModelVersion);
        if (Last is null)
        {
            _before = count;
        }

        Last = rollout;
        _after = count;
        // Before the first weight nothing has moved; past the flip the candidate is stable, and its weight is told in that role.
        if (rollout is { Spec.From: not null, Status: { Weights: { } weights, PromotedAt: null } } && weights.Candidate != (_weights.Count == 0 ? 0 : _weights[^1]))
        {
            _weights.Add(weights.Candidate);
        }
    }

    /// <summary>What it comes to.</summary>
    public RolloutSummary Summarize()
    {
        var status = Last?.Status ?? new ModelRolloutStatus();
        var answers = _after.Since(_before);
        return new RolloutSummary
        {
            Name = Last!.Metadata.Name,
            From = Last.Spec.From?.ModelVersion,
            To = Last.Spec.To.ModelVersion,
            Phase = status.Phase.ToString(),
            Outcome = status.Reason,
            Reason = status.Message,
            DurationSeconds = status is { StartedAt: { } started, FinishedAt: { } finished } ? Math.Round((finished - started).TotalSeconds, 3) : 0,
            Requests = answers.Requests,
            Errors = answers.Errors,
            Weights = [.. _weights],
        };
    }
}
