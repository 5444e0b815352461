using MlopsOperator.Fetcher.Reports;

namespace MlopsOperator.Fetcher.Sources;

/// <summary>Finds the source for a URI.</summary>
/// <param name="sources">One for each scheme.</param>
internal sealed class ArtifactSources(IReadOnlyList<IArtifactSource> sources)
{
    /// <summary>The source that serves a URI's scheme.</summary>
    /// <param name="uri">The URI.</param>
    /// <returns>Its source.</returns>
    /// <exception cref="ArtifactException">No source serves it.</exception>
    public IArtifactSource For(string uri)
    {
        var end = uri.IndexOf(':', StringComparison.Ordinal);
        if (end <= 0)
        {
            throw new ArtifactException(FailureReasons.InvalidUri, $"\"{ReportedUri.Of(uri)}\" is not a URI; expected a scheme first. {Known()}");
        }

        var scheme = uri[..end];
        return sources.FirstOrDefault(source => string.Equals(source.Scheme, scheme, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArtifactException(FailureReasons.UnknownScheme, $"The scheme \"{scheme}\" is not known. {Known()}");
    }

    private string Known() => $"Known schemes: {string.Join(", ", sources.Select(source => source.Scheme).Order(StringComparer.Ordinal))}.";
}
