using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Observing;

/// <summary>The latest pairs that disagree of a revision, the oldest first.</summary>
/// <param name="Revision">The candidate's revision.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record RevisionSamples(string Revision, IReadOnlyList<SampledPair> Pairs);
