using System.Text.Json.Nodes;

namespace MlopsOperator.Statistics.Tests.Oracles;

/// <summary>One line of the reference implementation's answers.</summary>
internal sealed record OracleVector(string Id, string Function, JsonObject Inputs, JsonNode? Output, double Tolerance)
{
    public static IReadOnlyDictionary<string, OracleVector> All { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "oracles.json")))!["vectors"]!.AsArray()
            .Select(node => new OracleVector((string)node!["id"]!, (string)node["fn"]!, node["in"]!.AsObject(), node["out"], (double)node["tol"]!))
            .ToDictionary(vector => vector.Id, StringComparer.Ordinal);

    /// <summary>A number of the inputs; the file writes NaN and infinities as strings.</summary>
    public double this[string name] => Number(Inputs[name])!.Value;

    public string? Text(string name) => (string?)Inputs[name];

    public double[] Numbers(string name) => [.. Inputs[name]!.AsArray().Select(node => Number(node)!.Value)];

    public double?[] OptionalNumbers(string name) => [.. Inputs[name]!.AsArray().Select(Number)];

    public double[][] Rows(string name) => [.. Inputs[name]!.AsArray().Select(row => row!.AsArray().Select(node => Number(node)!.Value).ToArray())];

    public IReadOnlyDictionary<string, double>? Counters(string name) =>
        Inputs[name]?.AsObject().ToDictionary(pair => pair.Key, pair => Number(pair.Value)!.Value, StringComparer.Ordinal);

    public static double? Number(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new FormatException($"'{text}' is not a number"),
        },
        _ => (double)node,
    };
}
