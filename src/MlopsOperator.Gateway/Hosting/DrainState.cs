namespace MlopsOperator.Gateway.Hosting;

/// <summary>Whether the gateway is on its way out.</summary>
internal sealed class DrainState
{
    private volatile bool draining;

    /// <summary>Whether it is: not ready, answers end their connections.</summary>
    public bool IsDraining => draining;

    /// <summary>From now on it is.</summary>
    public void Begin() => draining = true;
}
