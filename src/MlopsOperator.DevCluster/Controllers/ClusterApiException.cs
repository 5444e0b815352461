namespace MlopsOperator.DevCluster.Controllers;

/// <summary>A Status other than success.</summary>
internal sealed class ClusterApiException(int code, string reason, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Code { get; } = code;

    /// <summary>Reason of the Status.</summary>
    public string Reason { get; } = reason;
}
