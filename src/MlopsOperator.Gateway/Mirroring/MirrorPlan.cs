using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>What a route asks of mirroring, parsed once.</summary>
/// <param name="Share">Share of stable's requests, in ten-thousandths.</param>
/// <param name="Compare">How outputs are compared.</param>
/// <param name="Sample">Whether pairs that disagree are kept.</param>
internal sealed record MirrorPlan(int Share, ComparePlan Compare, bool Sample);
