namespace MlopsOperator.Fetcher.Commands;

/// <summary>What shall be fetched, and what it must be.</summary>
/// <param name="Uri">Where the artifact is.</param>
/// <param name="Digest">Its digest; null: what is found is reported.</param>
/// <param name="SizeBytes">Its size; null: any up to <see cref="Limits.UndeclaredArtifactBytes"/>.</param>
/// <param name="Target">File to put it in.</param>
internal sealed record FetchRequest(string Uri, Verification.Sha256Digest? Digest, long? SizeBytes, string Target);
