namespace MlopsOperator.Api.Routes;

/// <summary>Gateways report through telemetry, not here.</summary>
public sealed record GatewayRouteStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;
}
