using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Holds;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Requests;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts;

/// <summary>First part of a decision: what is known now. No transition.</summary>
internal static class Facts
{
    /// <summary>In this order: evidence and lapses need the acknowledgement, holds need clocks and requests, the deadline needs holds.</summary>
    private static readonly Func<Situation, Situation>[] Order =
    [
        Beginning,
        Acknowledgement.Latch,
        ExposureLapse.Apply,
        Tests,
        EvidenceIntake.Apply,
        CapacityClocks.Apply,
        TrafficRemoval.Apply,
        ContestedHold.Watch,
        UserHold.Forget,
        RequestIntake.Apply,
        EvidenceMissingHold.Count,
        HoldList.Refresh,
        DeadlineClock.Advance,
    ];

    internal static Situation Gather(Situation situation) =>
        situation.Final ? RequestIntake.Apply(Acknowledgement.Latch(situation)) : Order.Aggregate(situation, (s, gather) => gather(s));

    private static Situation Beginning(Situation situation)
    {
        var record = situation.Record;
        if (record.StartedAt is not null)
        {
            return situation;
        }

        return situation.With(record with
        {
            StartedAt = situation.Now,
            BaseReplicas = situation.Replicas,
            Paused = record.Paused ?? situation.Inputs.PauseBefore,
            Salt = record.Salt.Length > 0 ? record.Salt : situation.Inputs.FreshSalt,
        });
    }

    private static Situation Tests(Situation situation)
    {
        if (!situation.Forward || situation.Phase is RolloutPhase.Pending || situation.Record.Tests is { Count: > 0 } || situation.Inputs.TestResults is not { Count: > 0 } results)
        {
            return situation;
        }

        var passed = results.Count(r => r.Passed);
        var told = HistoryLog.Add(
            situation,
            EventReasons.TestsAnswered,
            Actors.Engine,
            $"{Texts.Number(passed)} of {Texts.Number(results.Count)} golden requests of {situation.CandidateName} passed.");
        // Failed ones first, so that the bound never hides one.
        return told.With(told.Record with { Tests = [.. results.OrderBy(r => r.Passed).Take(Limits.Results).Select(Bounded)] });
    }

    private static TestResult Bounded(TestResult result) => result with
    {
        Name = Limits.Cut(result.Name, Limits.TestName),
        Message = result.Message is { } message ? Limits.Cut(message) : null,
    };
}
