using MlopsOperator.Fetcher.Commands;
using MlopsOperator.Fetcher.Reports;
using MlopsOperator.Fetcher.Sources;
using static System.FormattableString;

namespace MlopsOperator.Fetcher.Verification;

/// <summary>Fetches an artifact beside its target, verifies it, and only then gives it the target's name.</summary>
/// <param name="sources">Where artifacts come from.</param>
internal sealed class ArtifactFetcher(ArtifactSources sources)
{
    /// <summary>Brings the artifact to its target. A target that is right already is left as it is, so that a run can be repeated.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="cancellationToken">Stops the transfer; nothing stays under the target's name.</param>
    /// <returns>What is in place.</returns>
    /// <exception cref="ArtifactException">It could not be fetched, or is not what was declared.</exception>
    public async Task<FetchedArtifact> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var source = sources.For(request.Uri);
        try
        {
            return await InPlaceAsync(request, cancellationToken) ?? await TransferAsync(request, source, cancellationToken);
        }
        catch (IOException exception) when (IsFull(exception))
        {
            throw new ArtifactException(FailureReasons.NoSpace, $"The volume of {request.Target} is full. Give it more space.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException(FailureReasons.TransferFailed, $"{ReportedUri.Of(request.Uri)} could not be copied to {request.Target}: {exception.Message}");
        }
    }

    /// <summary>What an earlier run left, if it is known to be right; only a digest can tell.</summary>
    private static async Task<FetchedArtifact?> InPlaceAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (request.Digest is not { } expected || !File.Exists(request.Target))
        {
            return null;
        }

        await using var file = new FileStream(request.Target, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (request.SizeBytes is { } size && file.Length != size)
        {
            return null;
        }

        var (bytes, digest) = await HashingCopy.RunAsync(file, destination: null, file.Length, cancellationToken);
        return digest == expected ? new FetchedArtifact(digest, bytes, WasInPlace: true) : null;
    }

    private static async Task<FetchedArtifact> TransferAsync(FetchRequest request, IArtifactSource source, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.Target))!;
        Directory.CreateDirectory(folder);
        CheckSpace(request, folder);
        var partial = Path.Combine(folder, ".partial-" + (request.Digest?.Hexadecimal ?? "undeclared"));
        try
        {
            long bytes;
            Sha256Digest digest;
            await using (var input = await source.OpenAsync(request.Uri, cancellationToken))
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                (bytes, digest) = await HashingCopy.RunAsync(input, file, request.SizeBytes ?? Limits.UndeclaredArtifactBytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Verify(request, bytes, digest);
            MakeReadOnly(partial);
            File.Move(partial, request.Target, overwrite: true);
            return new FetchedArtifact(digest, bytes, WasInPlace: false);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Verify(FetchRequest request, long bytes, Sha256Digest digest)
    {
        var shown = ReportedUri.Of(request.Uri);
        if (bytes > (request.SizeBytes ?? Limits.UndeclaredArtifactBytes))
        {
            var limit = request.SizeBytes is { } size ? Invariant($"expected {size} bytes") : Invariant($"the limit for artifacts without a declared size is {Limits.UndeclaredArtifactBytes} bytes");
            throw new ArtifactException(FailureReasons.ArtifactMismatch, Invariant($"{shown} is too large: {limit}; reading stopped after {bytes}.")) { Bytes = bytes };
        }

        if (bytes == 0)
        {
            throw new ArtifactException(FailureReasons.ArtifactEmpty, $"{shown} is an empty file.") { Bytes = 0, FoundDigest = digest.ToString() };
        }

        if (request.SizeBytes is { } expectedSize && bytes != expectedSize)
        {
            throw new ArtifactException(FailureReasons.ArtifactMismatch, Invariant($"{shown} is too short: expected {expectedSize} bytes, found {bytes}.")) { Bytes = bytes, FoundDigest = digest.ToString() };
        }

        if (request.Digest is { } expected && digest != expected)
        {
            throw new ArtifactException(FailureReasons.ArtifactMismatch, $"{shown} is not what was declared: expected {expected}, found {digest}. Publish a new ModelVersion for new content.") { Bytes = bytes, FoundDigest = digest.ToString() };
        }
    }

    /// <summary>Fails early where the volume tells that the artifact cannot fit.</summary>
    private static void CheckSpace(FetchRequest request, string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (request.SizeBytes is { } size && size > free)
        {
            throw new ArtifactException(FailureReasons.NoSpace, Invariant($"The volume of {request.Target} has {free} bytes left; the artifact needs {size}. Give it more space."));
        }
    }

    /// <summary>Readable by any user: the server need not run as the fetcher did.</summary>
    private static void MakeReadOnly(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private static bool IsFull(IOException exception)
    {
        const int NoSpaceOnUnix = 28;
        const int DiskFullOnWindows = unchecked((int)0x80070070);
        return exception.HResult is NoSpaceOnUnix or DiskFullOnWindows;
    }
}
