using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Faults;

/// <summary>What happens to a request that a fault hits.</summary>
/// <param name="Text">As it was scripted, for messages.</param>
internal sealed record FaultEffect(string Text)
{
    /// <summary>Answers instead of the server.</summary>
    public Func<RequestFacts, ApiStatus>? Answer { get; init; }

    /// <summary>How long the request waits before it reaches the server.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection breaks before the request reaches the server.</summary>
    public bool Drops { get; init; }

    /// <summary>Whether the connection breaks when the request is done.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>What is wrong with the watch that the request opens.</summary>
    public WatchFault? Watch { get; init; }
}
