using MlopsOperator.Fetcher.Reports;

namespace MlopsOperator.Fetcher.Sources;

/// <summary>Artifacts of a file system, under one folder: what leads out of it, by <c>..</c> or by a link, is refused.</summary>
/// <param name="root">The folder that stands for <c>/</c> of <c>file:</c> URIs.</param>
internal sealed class FileArtifactSource(string root) : IArtifactSource
{
    private const string Prefix = "file://";

    /// <inheritdoc />
    public string Scheme => "file";

    /// <inheritdoc />
    public Task<Stream> OpenAsync(string uri, CancellationToken cancellationToken)
    {
        var segments = Segments(uri);
        var shown = ReportedUri.Of(uri);
        var folder = LinkFreePath.Resolve(Path.GetFullPath(root));
        var path = LinkFreePath.Resolve(Path.Combine([folder, .. segments]));
        if (!IsInside(path, folder))
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"{shown} leads out of the folder that artifacts may come from (FILE_ROOT), by a link. Name the file itself.");
        }

        if (Directory.Exists(path))
        {
            throw new ArtifactException(FailureReasons.ArtifactNotFound, $"{shown} is a folder; expected a file.");
        }

        try
        {
            return Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactException(FailureReasons.ArtifactNotFound, $"There is no file at {shown}. Paths begin at FILE_ROOT, which is \"{root}\".");
        }
        catch (UnauthorizedAccessException)
        {
            throw new ArtifactException(FailureReasons.AccessDenied, $"{shown} may not be read by this user.");
        }
    }

    /// <summary>The names between the slashes, decoded once.</summary>
    private static string[] Segments(string uri)
    {
        var shown = ReportedUri.Of(uri);
        if (!uri.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || uri.Length <= Prefix.Length + 1)
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"\"{shown}\" is not usable; expected file:/// and a path, such as file:///models/2/model.onnx.");
        }

        if (uri[Prefix.Length] != '/')
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"\"{shown}\" names a machine before its path; expected three slashes: file:///models/2/model.onnx.");
        }

        if (uri.AsSpan().IndexOfAny('?', '#') >= 0)
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"\"{shown}\" is followed by a query or a fragment; a file has neither. Write %3F and %23 for ? and # in a name.");
        }

        var segments = uri[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (segments.Length == 0 || segments.Any(IsUnusable))
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"\"{shown}\" is not usable: its path may not hold \"..\", \".\", or encoded slashes.");
        }

        return segments;
    }

    private static bool IsUnusable(string segment) =>
        segment is "." or ".." || segment.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 || (OperatingSystem.IsWindows() && segment.Contains(':', StringComparison.Ordinal));

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
