namespace MlopsOperator.Fetcher.Verification;

/// <summary>What is in place now.</summary>
/// <param name="Digest">Digest of its content.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="WasInPlace">Whether an earlier run had put it there.</param>
internal sealed record FetchedArtifact(Sha256Digest Digest, long Bytes, bool WasInPlace);
