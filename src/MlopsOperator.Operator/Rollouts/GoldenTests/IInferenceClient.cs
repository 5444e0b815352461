namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>The seam to a pod's model server.</summary>
internal interface IInferenceClient
{
    /// <summary>Sends a request to a pod. Never follows redirects; at most <paramref name="limit"/> bytes are read. Throws when no answer came.</summary>
    Task<InferenceAnswer> SendAsync(string method, Uri address, ReadOnlyMemory<byte> body, int limit, CancellationToken cancellationToken);
}
