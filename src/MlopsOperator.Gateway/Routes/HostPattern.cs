using System.Buffers;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Host names as routes write them: exact, or <c>*.</c> and a suffix that stands for one or more labels before it.</summary>
internal static class HostPattern
{
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Stands for a route without hosts: any host.</summary>
    public const string Any = "*";

    /// <summary>Whether <paramref name="host"/> is a name in lower case, or a wildcard of one.</summary>
    public static bool IsValid(string host)
    {
        var name = IsWildcard(host) ? host.AsSpan(2) : host.AsSpan();
        if (name.IsEmpty || host.Length > Limits.NameLength)
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="host"/> begins with <c>*.</c>.</summary>
    public static bool IsWildcard(string host) => host.StartsWith("*.", StringComparison.Ordinal);

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.IndexOfAnyExcept(LabelCharacters) < 0;
}
