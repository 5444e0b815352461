using System.Globalization;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Routes;

/// <summary>What a route must be.</summary>
public static class GatewayRouteRules
{
    /// <summary>Checks a route.</summary>
    /// <param name="route">The route.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(GatewayRoute route)
    {
        var problems = new List<Problem>();
        FieldRules.Check(route.Spec, "spec", problems);
        var backends = route.Spec.Backends;
        var sum = backends.Sum(backend => (long)(backend?.Weight ?? 0));
        if (backends.Count > 0 && sum != Weights.Total)
        {
            problems.Add(new Problem("spec.backends", $"weights that sum to {sum.ToString(CultureInfo.InvariantCulture)}", "weights that sum to 10000"));
        }

        if (route.Spec.Mirror is { } mirror)
        {
            if (!backends.Any(backend => backend is { Role: BackendRole.Candidate, Weight: 0 }))
            {
                problems.Add(new Problem("spec.mirror", "no candidate of weight 0 in backends", "one, for the copies go to it"));
            }

            CompareRules.Check(mirror.Compare, "spec.mirror.compare", problems);
        }

        return problems;
    }
}
