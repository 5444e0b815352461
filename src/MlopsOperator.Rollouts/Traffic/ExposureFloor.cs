using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>
/// The sequence below which no gateway may serve the candidate: that at which this rollout began or last lowered its exposure. Scrapes name it, so that a
/// gateway that has missed the lowering stops by itself.
/// </summary>
internal static class ExposureFloor
{
    /// <summary>The floor of a route that gets a new sequence.</summary>
    /// <param name="before">The record before.</param>
    /// <param name="weights">The weights of the new route.</param>
    /// <param name="sequence">Its sequence.</param>
    internal static long Next(ModelRolloutStatus before, RolloutWeights? weights, long sequence) =>
        before.Route?.Floor is not { } floor || Exposure(weights) < Exposure(before.Weights) ? sequence : Math.Min(floor, sequence);

    /// <summary>The floor that scrapes name; null while nothing is judged: a first version, past the flip, at the end.</summary>
    internal static long? Named(Situation situation) =>
        situation.FirstVersion || situation.Promoted || situation.Final || situation.Record.Weights is null ? null : Of(situation.Record);

    /// <summary>The floor of a record; a record that is older than floors has that of its route.</summary>
    internal static long Of(ModelRolloutStatus record) => Math.Min(record.Route?.Floor ?? record.Sequence, record.Sequence);

    private static int Exposure(RolloutWeights? weights) => weights?.Candidate ?? 0;
}
