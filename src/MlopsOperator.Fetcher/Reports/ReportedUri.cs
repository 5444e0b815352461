namespace MlopsOperator.Fetcher.Reports;

/// <summary>A URI as it may be shown: queries carry signatures, and user information is a password.</summary>
internal static class ReportedUri
{
    /// <summary>The URI without user information, query and fragment, whether or not it is well formed.</summary>
    /// <param name="uri">The URI as it was given.</param>
    /// <returns>What may be shown.</returns>
    public static string Of(string uri)
    {
        var end = uri.AsSpan().IndexOfAny('?', '#');
        var shown = end < 0 ? uri : uri[..end];
        var authority = shown.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return shown;
        }

        authority += 3;
        var path = shown.IndexOf('/', authority);
        var user = shown.LastIndexOf('@', path < 0 ? shown.Length - 1 : path);
        return user < authority ? shown : string.Concat(shown.AsSpan(0, authority), shown.AsSpan(user + 1));
    }
}
