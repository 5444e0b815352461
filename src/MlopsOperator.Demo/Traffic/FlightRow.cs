namespace MlopsOperator.Demo.Traffic;

/// <summary>One held-out flight, ready to be sent.</summary>
/// <param name="Route">Origin and destination: the unit that stays with one version.</param>
/// <param name="Body">An Open Inference Protocol v2 request with one row.</param>
internal sealed record FlightRow(string Route, byte[] Body);
