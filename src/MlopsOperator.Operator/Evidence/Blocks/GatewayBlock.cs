using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>What one gateway saw of one route between two scrapes.</summary>
/// <param name="From">When the earlier scrape began.</param>
/// <param name="To">When the later scrape ended.</param>
/// <param name="Sequence">The sequence at both ends.</param>
/// <param name="Arms">Counts by revision.</param>
internal sealed record GatewayBlock(DateTimeOffset From, DateTimeOffset To, long Sequence, IReadOnlyDictionary<string, ArmBlock> Arms);
