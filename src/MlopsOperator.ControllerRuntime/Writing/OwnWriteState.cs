namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>How a cache stands to the operator's own last write of an object.</summary>
internal enum OwnWriteState
{
    /// <summary>The cache shows it, or there was none.</summary>
    CaughtUp,

    /// <summary>The cache is older; wait.</summary>
    Waiting,

    /// <summary>The cache has been older for too long; read at the API server.</summary>
    Overdue,
}
