using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>Adds the blocks of one scrape round: those of gateways that report the same sequence. A round in which they differ gives one for each sequence.</summary>
internal static class RoundAssembler
{
    /// <summary>The rounds, the lowest sequence first.</summary>
    /// <param name="blocks">Block of each gateway that has one.</param>
    /// <param name="readyGateways">Names of the gateways that are ready.</param>
    /// <param name="nextNumber">Gives the numbers of rounds; each is used once.</param>
    public static IReadOnlyList<EvidenceRound> Assemble(IReadOnlyDictionary<string, GatewayBlock> blocks, IReadOnlyCollection<string> readyGateways, Func<long> nextNumber) =>
    [
        .. blocks.GroupBy(block => block.Value.Sequence).OrderBy(group => group.Key).Select(group => new EvidenceRound
        {
            Round = nextNumber(),
            From = group.Min(block => block.Value.From),
            To = group.Max(block => block.Value.To),
            Sequence = group.Key,
            Complete = readyGateways.All(ready => group.Any(block => string.Equals(block.Key, ready, StringComparison.Ordinal))),
            Arms = Sum([.. group.Select(block => block.Value)]),
        }),
    ];

    private static Dictionary<string, ArmBlock> Sum(IReadOnlyList<GatewayBlock> blocks) =>
        blocks.SelectMany(block => block.Arms).GroupBy(arm => arm.Key, StringComparer.Ordinal)
            .ToDictionary(arms => arms.Key, arms => arms.Select(arm => arm.Value).Aggregate(Add), StringComparer.Ordinal);

    // Durations of one gateway alone would be held against requests of both; where one has none, the sum has none. An arm without requests has none to miss.
    private static ArmBlock Add(ArmBlock left, ArmBlock right) => new()
    {
        Requests = left.Requests + right.Requests,
        Errors = left.Errors + right.Errors,
        Durations = (left, right) switch
        {
            ({ Durations.Count: 0, Requests: 0 }, _) => right.Durations,
            (_, { Durations.Count: 0, Requests: 0 }) => left.Durations,
            ({ Durations.Count: 0 }, _) or (_, { Durations.Count: 0 }) => [],
            _ => [.. left.Durations.Zip(right.Durations, (one, other) => one + other)],
        },
    };
}
