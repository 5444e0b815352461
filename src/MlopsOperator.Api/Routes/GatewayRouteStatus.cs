using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Routes;

/// <summary>Gateways report through telemetry, not here.</summary>
[OptionalFields]
public sealed record GatewayRouteStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;
}
