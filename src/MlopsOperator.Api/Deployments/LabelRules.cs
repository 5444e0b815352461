using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Deployments;

/// <summary>Labels and annotations must be what an API server takes, or nothing that carries them could be created; our own keys are ours.</summary>
internal static class LabelRules
{
    private const int NameMaximum = 63;
    private const string NamePattern = "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

    /// <summary>Checks labels or annotations.</summary>
    /// <param name="entries">The entries; none when null.</param>
    /// <param name="field">Path of the map.</param>
    /// <param name="hasLabelValues">Whether values must be label values; annotations hold any text.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public static void Check(IReadOnlyDictionary<string, string>? entries, string field, bool hasLabelValues, ICollection<Problem> problems)
    {
        foreach (var (key, value) in (entries ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!IsKey(key))
            {
                problems.Add(new Problem(field, key, "a key such as team or example.com/team"));
            }
            else if (key.StartsWith(ApiGroup.Name + "/", StringComparison.Ordinal))
            {
                problems.Add(new Problem(field, key, $"no key that begins with {ApiGroup.Name}/, for these are the operator's"));
            }

            if (hasLabelValues && value is { Length: > 0 } && !IsName(value))
            {
                problems.Add(new Problem($"{field}[\"{key}\"]", value, "at most 63 letters, digits, dots, hyphens and underscores, a letter or digit at both ends"));
            }
        }
    }

    private static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? IsName(key) : ResourceNames.IsDns1123Subdomain(key[..slash]) && IsName(key[(slash + 1)..]);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= NameMaximum && TextPattern.Matches(NamePattern, text);
}
