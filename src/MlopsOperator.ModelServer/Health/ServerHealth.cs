namespace MlopsOperator.ModelServer.Health;

/// <summary>Whether requests are welcome.</summary>
internal sealed class ServerHealth
{
    private volatile ModelState state = ModelState.Loading;
    private volatile bool stopping;

    /// <summary>Where the model stands.</summary>
    public ModelState State
    {
        get => state;
        set => state = value;
    }

    /// <summary>Whether the server was told to stop. It still answers, but wants no new traffic.</summary>
    public bool IsStopping => stopping;

    /// <summary>Why the server is not ready; null if it is.</summary>
    public string? NotReadyReason => stopping ? "the server is stopping" : state.Reason;

    /// <summary>From now on the server is not ready.</summary>
    public void BeginStopping() => stopping = true;
}
