namespace MlopsOperator.Rollouts.Inputs;

/// <summary>What the data plane reports about a deployment's route.</summary>
public sealed record TrafficObservation
{
    /// <summary>The gateways that are endpoints of the gateway Service, sorted by name.</summary>
    public IReadOnlyList<GatewayObservation> Gateways { get; init; } = [];

    /// <summary>
    /// Whether the list of gateways may be relied on to confirm that traffic is gone: false within 30 s of the operator's start.
    /// </summary>
    public bool GatewaysSettled { get; init; }

    /// <summary>When this process began to judge; what was scraped before it is unknown. Null before it has.</summary>
    public DateTimeOffset? JudgingSince { get; init; }
}
