using MlopsOperator.Api.Routes;

namespace MlopsOperator.Simulation.World;

/// <summary>A gateway gives requests to a candidate.</summary>
/// <param name="Gateway">Its address.</param>
/// <param name="Route">The route that it follows.</param>
/// <param name="Requests">How many.</param>
internal sealed record GatewayStep(string Gateway, GatewayRoute Route, double Requests);
