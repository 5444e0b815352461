using System.Globalization;
using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>The order of API versions: v2 before v1 before v1beta2 before v1alpha1 before all other names.</summary>
internal static partial class VersionPriority
{
    public static long Of(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success)
        {
            return 0;
        }

        var stage = match.Groups["stage"].Value switch { "" => 3L, "beta" => 2L, _ => 1L };
        var minor = match.Groups["minor"].Length > 0 ? int.Parse(match.Groups["minor"].Value, CultureInfo.InvariantCulture) : 0;
        return (stage * 1_000_000_000) + (int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture) * 10_000L) + minor;
    }

    [GeneratedRegex("^v(?<major>[0-9]{1,4})((?<stage>alpha|beta)(?<minor>[0-9]{1,4}))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
