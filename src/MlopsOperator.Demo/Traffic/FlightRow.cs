namespace MlopsOperator.Demo.Traffic;

/// <summary>One held-out flight, ready to be sent.</summary>
/// <param name="Route">Origin and destination: the unit that stays with one version.</param>
/// <param name="Body">An Open Inference Protocol v2 request with one row.</param>
/// <param name="HasHistory">Whether the route's last week is known: one of the features, and the one that a bad version cannot do without.</param>
internal sealed record FlightRow(string Route, byte[] Body, bool HasHistory = true);
