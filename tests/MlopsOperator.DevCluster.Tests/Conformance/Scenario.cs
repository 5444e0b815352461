using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Tests.Conformance;

/// <summary>A recorded scenario and the steps of it that are compared.</summary>
internal sealed class Scenario
{
    private readonly HashSet<int> scope;
    private readonly JsonObject ignored;

    private Scenario(IReadOnlyList<JsonObject> steps, IReadOnlyDictionary<string, string> variables, JsonObject scope, IReadOnlyList<string> needs)
    {
        Steps = steps;
        Variables = variables;
        NeedsControllers = needs.Count > 0;
        NeedsNode = needs.Contains("node", StringComparer.Ordinal);
        this.scope = [.. scope["first"]!.AsArray().Select(i => i!.GetValue<int>())];
        ignored = scope["ignore"] as JsonObject ?? [];
    }

    public IReadOnlyList<JsonObject> Steps { get; }

    public IReadOnlyDictionary<string, string> Variables { get; }

    public bool NeedsControllers { get; }

    /// <summary>Whether pods must run.</summary>
    public bool NeedsNode { get; }

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static async Task<Scenario> LoadAsync(string file, CancellationToken cancellationToken)
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Folder, file), cancellationToken)).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        const string run = "rbcdfg";
        var variables = (lines[0]["vars"] as JsonObject ?? []).ToDictionary(p => p.Key, p => ((string)p.Value!).Replace("${run}", run, StringComparison.Ordinal), StringComparer.Ordinal);
        variables["run"] = run;
        var scopes = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "scope.json"), cancellationToken))![file]!.AsObject();
        return new Scenario(lines[1..], variables, scopes, [.. Strings(lines[0]["needs"])]);
    }

    public bool IsInScope(int step) => scope.Contains(step) && Steps[step]["res"] is not null;

    public IReadOnlyList<string> Ignored(int step) =>
        [.. Strings(Steps[step]["ignore"]), .. Strings(ignored[step.ToString(System.Globalization.CultureInfo.InvariantCulture)])];

    private static IEnumerable<string> Strings(JsonNode? list) => list?.AsArray().Select(s => (string)s!) ?? [];
}
