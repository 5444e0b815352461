namespace MlopsOperator.Gateway.Routes;

/// <summary>A host and path that two routes claim.</summary>
/// <param name="Host">The host pattern.</param>
/// <param name="Path">The path prefix.</param>
/// <param name="Keeper">The older route, which answers.</param>
/// <param name="Loser">The younger route, which does not answer there.</param>
internal sealed record HostConflict(string Host, string Path, string Keeper, string Loser);
