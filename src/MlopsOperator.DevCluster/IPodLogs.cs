namespace MlopsOperator.DevCluster;

/// <summary>Where the log subresource of pods gets its text; a node implements it.</summary>
internal interface IPodLogs
{
    /// <summary>Opens a log. The stream ends with the log, or with the container if it is followed. Null: the container has no such log yet.</summary>
    Task<Stream?> OpenAsync(PodLogRequest request, CancellationToken cancellationToken);
}
