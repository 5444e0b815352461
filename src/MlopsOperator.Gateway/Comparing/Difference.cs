namespace MlopsOperator.Gateway.Comparing;

/// <summary>The first place in which an output differs.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Index">Index of the element, row by row; -1 where the outputs as such differ.</param>
/// <param name="Stable">Stable's value, cut.</param>
/// <param name="Candidate">The candidate's value, cut.</param>
internal sealed record Difference(string Output, long Index, string Stable, string Candidate);
