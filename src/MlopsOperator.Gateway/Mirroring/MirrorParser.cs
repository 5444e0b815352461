using System.Globalization;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Reads the mirror of a route.</summary>
internal static class MirrorParser
{
    private const int MostRules = 32;

    /// <summary>Adds what is wrong with it.</summary>
    public static void Check(RouteMirror mirror, IReadOnlyList<RouteBackend> backends, List<string> found)
    {
        Require(backends.Any(backend => backend is { Role: BackendRole.Candidate, Weight: 0 }), "spec.mirror", "no candidate of weight 0 in backends", "one, for the copies go to it", found);
        Require(mirror.Share is >= 1 and <= Weights.Total, "spec.mirror.share", mirror.Share, "a share, 1 to 10000", found);
        var rules = mirror.Compare ?? [];
        Require(rules.Count <= MostRules, "spec.mirror.compare", rules.Count, "at most 32 rules", found);
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < Math.Min(rules.Count, MostRules); index++)
        {
            var (rule, at) = (rules[index], string.Create(CultureInfo.InvariantCulture, $"spec.mirror.compare[{index}]"));
            Require(rule is { Output.Length: > 0 } && outputs.Add(rule.Output), at + ".output", rule?.Output, "the name of an output that no other rule has", found);
            Require(IsTolerance(rule?.Absolute), at + ".absolute", rule?.Absolute, "a number, 0 or more", found);
            Require(IsTolerance(rule?.Relative), at + ".relative", rule?.Relative, "a number, 0 or more", found);
        }

        var problems = new List<Problem>();
        CompareRules.Check(rules, "spec.mirror.compare", problems);
        found.AddRange(problems.Select(problem => problem.ToString()));
    }

    /// <summary>The plan of a mirror with which nothing is wrong.</summary>
    public static MirrorPlan Parse(RouteMirror mirror) =>
        new(mirror.Share, mirror.Compare is { Count: > 0 } rules ? new ComparePlan(rules) : ComparePlan.ByDatatype, mirror.Sample);

    private static bool IsTolerance(double? value) => value is null || (double.IsFinite(value.Value) && value >= 0);

    private static void Require(bool holds, string field, object? value, string expected, List<string> found)
    {
        if (!holds)
        {
            found.Add(new Problem(field, Convert.ToString(value, CultureInfo.InvariantCulture), expected).ToString());
        }
    }
}
