namespace MlopsOperator.DevCluster;

/// <summary>An answer of the cluster.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">The header Retry-After.</param>
/// <param name="Warnings">Texts of the headers Warning.</param>
public sealed record ClusterResponse(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, IReadOnlyList<string> Warnings);
