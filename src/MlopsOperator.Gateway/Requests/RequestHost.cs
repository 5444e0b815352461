namespace MlopsOperator.Gateway.Requests;

/// <summary>The host of a request as routes name it.</summary>
internal static class RequestHost
{
    /// <summary>Host without port and without the dot that may end a full name. Case is left to the comparison.</summary>
    public static ReadOnlySpan<char> Of(string? host)
    {
        var span = host.AsSpan();
        if (span.StartsWith("["))
        {
            var end = span.IndexOf(']');
            return end < 0 ? span : span[..(end + 1)];
        }

        var colon = span.IndexOf(':');
        var name = colon < 0 ? span : span[..colon];
        return name.EndsWith(".") ? name[..^1] : name;
    }
}
