namespace MlopsOperator.DevCluster.Nodes.Probes;

/// <summary>Outcome of one run of a probe.</summary>
/// <param name="Success">Whether it passed.</param>
/// <param name="Output">What it said, for the event.</param>
internal sealed record ProbeResult(bool Success, string Output);
