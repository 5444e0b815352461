namespace MlopsOperator.Api.Values;

/// <summary>Hosts, paths and headers that routes are made of.</summary>
public static class HttpNames
{
    /// <summary>Regular expression of a host: a DNS name in lower case, or <c>*.</c> and a suffix.</summary>
    public const string HostPattern = "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /// <summary>Longest host in characters.</summary>
    public const int HostMaximum = 253;

    /// <summary>What a host must be, as the rest of a sentence.</summary>
    public const string ExpectedHost = "a host name in lower case without port, such as delays.example.com or *.example.com";

    /// <summary>Regular expression of a path prefix.</summary>
    public const string PathPattern = "^/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$";

    /// <summary>Longest path in characters.</summary>
    public const int PathMaximum = 256;

    /// <summary>What a path must be, as the rest of a sentence.</summary>
    public const string ExpectedPath = "a path that begins with /, without query, fragment or spaces";

    /// <summary>Regular expression of a header's name (RFC 9110 token).</summary>
    public const string HeaderPattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

    /// <summary>Longest header name in characters.</summary>
    public const int HeaderMaximum = 64;

    /// <summary>What a header's name must be, as the rest of a sentence.</summary>
    public const string ExpectedHeader = "the name of a request header, such as x-user-id";

    /// <summary>Whether a text is a host of a route.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHost(string? text) => text is { Length: > 0 and <= HostMaximum } && TextPattern.Matches(HostPattern, text);

    /// <summary>Whether a text is a path prefix.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPath(string? text) => text is { Length: > 0 and <= PathMaximum } && TextPattern.Matches(PathPattern, text);

    /// <summary>Whether a text is the name of a header.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHeader(string? text) => text is { Length: > 0 and <= HeaderMaximum } && TextPattern.Matches(HeaderPattern, text);
}
