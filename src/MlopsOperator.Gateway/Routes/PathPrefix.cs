namespace MlopsOperator.Gateway.Routes;

/// <summary>Path prefixes, compared by whole segments: <c>/v2</c> covers <c>/v2</c> and <c>/v2/models</c>, not <c>/v22</c>.</summary>
internal static class PathPrefix
{
    /// <summary>The prefix without a slash at its end; the root stays.</summary>
    public static string Normalize(string path) => path.Length > 1 && path[^1] == '/' ? path[..^1] : path;

    /// <summary>Whether <paramref name="path"/> is a plain absolute path that requests can be compared with.</summary>
    public static bool IsValid(string path)
    {
        if (path.Length is 0 or > Limits.PathLength || path[0] != '/' || path.AsSpan().IndexOfAny("?#%\\") >= 0 || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var character in path)
        {
            if (character is <= ' ' or '\x7f')
            {
                return false;
            }
        }

        return !path.Split('/').Any(segment => segment is "." or "..");
    }

    /// <summary>Whether a normalised prefix covers a request's path.</summary>
    public static bool Covers(string prefix, string path) =>
        prefix.Length == 1
        || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));
}
