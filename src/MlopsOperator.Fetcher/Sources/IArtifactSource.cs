namespace MlopsOperator.Fetcher.Sources;

/// <summary>A place that artifacts come from. To add one: a class here, and a line in <c>FetchCommand</c>.</summary>
internal interface IArtifactSource
{
    /// <summary>The URI scheme that it serves, in lower case, such as <c>file</c>.</summary>
    string Scheme { get; }

    /// <summary>Opens an artifact for reading from its first byte.</summary>
    /// <param name="uri">Where it is; its scheme is <see cref="Scheme"/>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The bytes; the caller disposes them.</returns>
    /// <exception cref="ArtifactException">It is not there, may not be read, or the URI is not usable.</exception>
    Task<Stream> OpenAsync(string uri, CancellationToken cancellationToken);
}
