namespace MlopsOperator.Operator.Traffic.BuiltIn;

/// <summary>A gateway pod.</summary>
/// <param name="Name">Name of the pod.</param>
/// <param name="Telemetry">Where it is scraped.</param>
/// <param name="Ready">Whether new requests may go there.</param>
/// <param name="LeftAt">When it left the gateway Service's endpoints; null while it is in them.</param>
internal sealed record GatewayEndpoint(string Name, Uri Telemetry, bool Ready, DateTimeOffset? LeftAt);
