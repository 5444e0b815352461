namespace MlopsOperator.Gateway.Requests;

/// <summary>Headers that only the gateway may set: <c>x-mlops-*</c>, also where a server that reads <c>_</c> as <c>-</c> would take them for it.</summary>
internal static class ReservedHeaders
{
    /// <summary>Answer: name of the ModelVersion, where the route exposes it.</summary>
    public const string Version = "x-mlops-version";

    /// <summary>Request and answer: what logs of client, gateway and model are joined by.</summary>
    public const string RequestId = "x-request-id";

    /// <summary>Request: this is a copy whose answer no client sees.</summary>
    public const string Shadow = "x-mlops-shadow";

    private const string Prefix = "x-mlops-";

    /// <summary>Whether the header says where a request came from: no client is trusted with that.</summary>
    public static bool IsForwarding(string name) =>
        name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether only the gateway may set the header.</summary>
    public static bool IsReserved(string name)
    {
        if (name.Length < Prefix.Length || (name[0] | 0x20) != 'x')
        {
            return false;
        }

        for (var index = 0; index < Prefix.Length; index++)
        {
            var character = name[index] == '_' ? '-' : char.ToLowerInvariant(name[index]);
            if (character != Prefix[index])
            {
                return false;
            }
        }

        return true;
    }
}
