using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Strategies;

namespace MlopsOperator.Rollouts;

/// <summary>
/// Decides about a rollout: pure, total, and idempotent. The same inputs give the same record and the same wanted state; no input throws. Nothing is looked
/// at but the inputs: there is no clock, no randomness and no I/O here.
/// </summary>
public static class RolloutEngine
{
    /// <summary>
    /// One decision, always in three parts: facts (what is known now), at most one transition (the first check that applies), and the shape of the world
    /// that follows from the record. The caller saves the record, when it must, before it applies what is wanted.
    /// </summary>
    /// <param name="inputs">Everything that the decision may depend on.</param>
    /// <returns>The new record and what follows from it.</returns>
    public static RolloutDecision Decide(RolloutInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var situation = new Situation
        {
            Inputs = inputs,
            Plan = StrategyCompiler.Compile(inputs.Spec),
            Now = inputs.Now,
            Record = RecordRepair.Apply(inputs.Record, inputs.Now),
            Evidence = EvidenceCodec.Decode(inputs.Record.Evidence),
        };
        if (inputs.Intent.Deleting)
        {
            return Deleting(situation);
        }

        if (!inputs.IsNewest)
        {
            return OlderRollout.Decide(situation);
        }

        situation = Facts.Gather(situation);
        situation = Precedence.First(situation)?.Make(situation) ?? situation;
        situation = Shape.Traffic(situation);
        return Report.Of(situation, Shape.Wanted(situation));
    }

    /// <summary>Nothing more is decided: the owner tree goes by garbage collection, and what is wanted stays as it was.</summary>
    private static RolloutDecision Deleting(Situation situation)
    {
        var unchanged = situation.With(situation.Inputs.Record);
        var wanted = situation.Inputs.IsNewest ? Shape.Wanted(unchanged) : OlderRollout.Wanted(unchanged);
        return new RolloutDecision
        {
            Record = situation.Inputs.Record,
            MustSave = false,
            Wanted = wanted with { RunGoldenTests = false },
        };
    }
}
