using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Rollouts.Inputs;

/// <summary>
/// The blocks of one scrape round. A block is one gateway between two scrapes with the same process start and the same sequence; blocks of gateways
/// that reported the same sequence are added.
/// </summary>
public sealed record EvidenceRound
{
    /// <summary>Number of the round since the scraper's start; each is handed over once.</summary>
    public required long Round { get; init; }

    /// <summary>When the earlier scrape of the block began; Pass counts a block only if this is not before <c>acknowledgedAt</c>.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the later scrape ended.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Sequence that the gateways reported at both ends.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether every ready gateway is in it; a round in which one is missing does not count as a whole interval.</summary>
    public bool Complete { get; init; }

    /// <summary>Counts, by revision hash.</summary>
    public required IReadOnlyDictionary<string, ArmBlock> Arms { get; init; }
}
