namespace MlopsOperator.DevCluster.Requests;

/// <summary>A request that ends in a Status.</summary>
internal sealed class StatusException(ApiStatus status) : Exception(status.Message)
{
    public ApiStatus Status { get; } = status;
}
