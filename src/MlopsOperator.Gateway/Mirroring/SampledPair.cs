using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>A pair of answers that disagree, redacted: what the request held is nowhere in it.</summary>
/// <param name="Time">When it was compared.</param>
/// <param name="Result">As the counter of pairs names it.</param>
/// <param name="Differences">One an output.</param>
internal sealed record SampledPair(DateTimeOffset Time, string Result, IReadOnlyList<Difference> Differences);
