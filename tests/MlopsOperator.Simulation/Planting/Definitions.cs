namespace MlopsOperator.Simulation.Planting;

/// <summary>Takes rules out of the definitions, so that a planted bug gets past the API.</summary>
internal static class Definitions
{
    public static string WithoutWeightSum(string definitions) => Replace(
        Replace(definitions, "self[0].weight + (size(self) > 1 ? self[1].weight : 0) == 10000", "true"),
        "                  - port\n                  - weight\n",
        "                  - port\n");

    public static string WithoutRisingSequence(string definitions) => Replace(definitions, "self.sequence >= oldSelf.sequence", "\"true\"");

    private static string Replace(string definitions, string old, string @new) => definitions.Contains(old, StringComparison.Ordinal)
        ? definitions.Replace(old, @new, StringComparison.Ordinal)
        : throw new InvalidOperationException($"the definitions have no '{old}' any more: mend the planted bug");
}
