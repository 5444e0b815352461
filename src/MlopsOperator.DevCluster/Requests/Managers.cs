namespace MlopsOperator.DevCluster.Requests;

/// <summary>Names of field managers.</summary>
internal static class Managers
{
    /// <summary>Longest name.</summary>
    public const int MaximumLength = 128;

    /// <summary>The manager of a client that names none: its User-Agent up to the first slash.</summary>
    public static string Of(string userAgent)
    {
        var slash = userAgent.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? userAgent : userAgent[..slash];
        return name.Length == 0 ? "unknown" : name.Length > MaximumLength ? name[..MaximumLength] : name;
    }
}
