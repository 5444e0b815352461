using System.Text.Json.Nodes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Comparison;

/// <summary>
/// What stands in the namespace when a story is over, in lines that two runs can be compared by. What differs from run to run without meaning is masked:
/// uids, resourceVersions, generations and other numbers that count writes; times (only that there is one is kept); field ownership; the sequence of routes,
/// the salt, the length of histories, messages, and the numbers of evidence. Names of pods are generated, so pods are compared by revision and readiness.
/// </summary>
internal static class FinalState
{
    private static readonly string[] Kinds = ["modeldeployments", "modelrollouts", "gatewayroutes", "deployments", "services", "controllerrevisions", "modelversions", "rolloutstrategies"];

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "uid", "resourceVersion", "generation", "managedFields", "observedGeneration", "collisionCount", "deployment.kubernetes.io/revision",
        "sequence", "firstSequence", "salt", "baseline", "evidence", "history", "verdicts", "message", "clocks", "clusterIP", "clusterIPs", "conditions",
        "revision-history", "route", "step",
    };

    /// <summary>The masked objects, one a line, sorted.</summary>
    public static IReadOnlyList<string> Of(ReleaseWorld world)
    {
        var lines = new List<string>();
        foreach (var kind in Kinds)
        {
            foreach (var item in world.List(kind).OfType<JsonObject>())
            {
                lines.Add($"{kind} {Masked(item)}");
                lines.AddRange(Conditions(item).Select(condition => $"{kind} {item["metadata"]!["name"]} condition {condition}"));
            }
        }

        lines.AddRange(world.List("pods").OfType<JsonObject>().Select(Pod));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Lines that only one of two states has; empty if they are the same.</summary>
    public static IReadOnlyList<string> Difference(IReadOnlyList<string> wanted, IReadOnlyList<string> found) =>
    [
        .. Without(wanted, found).Select(line => $"- {line}"),
        .. Without(found, wanted).Select(line => $"+ {line}"),
    ];

    /// <summary>Objects whose owner does not exist: what garbage collection would take, or has forgotten.</summary>
    public static IReadOnlyList<string> Orphans(ReleaseWorld world)
    {
        var all = Kinds.Append("replicasets").Append("pods").SelectMany(kind => world.List(kind).OfType<JsonObject>()).ToList();
        var uids = all.Select(item => (string?)item["metadata"]!["uid"]).ToHashSet(StringComparer.Ordinal);
        return [.. all.SelectMany(item => Owners(item).Where(owner => !uids.Contains((string?)owner["uid"])).Select(owner => $"{item["metadata"]!["name"]} is owned by {owner["kind"]} {owner["name"]}, which does not exist under that uid"))];
    }

    private static IEnumerable<string> Without(IReadOnlyList<string> lines, IReadOnlyList<string> others)
    {
        var rest = others.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (rest.GetValueOrDefault(line) is var count and > 0)
            {
                rest[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<JsonObject> Owners(JsonObject item) => item["metadata"]!["ownerReferences"]?.AsArray().OfType<JsonObject>() ?? [];

    private static IEnumerable<string> Conditions(JsonObject item) =>
        item["status"]?["conditions"]?.AsArray().OfType<JsonObject>().Select(condition => $"{condition["type"]}={condition["status"]} {condition["reason"]}") ?? [];

    private static string Pod(JsonObject pod)
    {
        var ready = pod["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["type"] is "Ready" && (string?)condition["status"] is "True") == true;
        return $"pods of {pod["metadata"]!["labels"]?["mlops-operator.io/revision"]}: {(ready ? "ready" : "not ready")}{(pod["metadata"]!["deletionTimestamp"] is null ? "" : ", going")}";
    }

    private static string Masked(JsonNode? node) => node switch
    {
        JsonObject content => "{" + string.Join(',', content.Where(pair => !Dropped.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{(IsTime(pair.Key, pair.Value) ? "<time>" : Masked(pair.Value))}")) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Masked)) + "]",
        null => "null",
        _ => node.ToJsonString(),
    };

    private static bool IsTime(string name, JsonNode? value) =>
        value is JsonValue && (name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("Time", StringComparison.Ordinal) || name.EndsWith("Timestamp", StringComparison.Ordinal) || name is "since" or "time");
}
