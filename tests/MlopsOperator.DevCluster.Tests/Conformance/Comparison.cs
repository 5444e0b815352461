using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Tests.Conformance;

/// <summary>Compares an answer with the recorded one and says every difference.</summary>
internal sealed class Comparison(Bindings bindings, bool contains, IReadOnlyList<string> ignored)
{
    private readonly List<string> differences = [];

    public static IReadOnlyList<string> Differences(JsonNode? want, JsonNode? got, Bindings bindings, string path, bool contains, IReadOnlyList<string> ignored)
    {
        var comparison = new Comparison(bindings, contains, ignored);
        comparison.Compare(want, got, path);
        return comparison.differences;
    }

    private void Compare(JsonNode? want, JsonNode? got, string path)
    {
        if (Ignores(path))
        {
            return;
        }

        switch (want, got)
        {
            case (JsonObject wanted, JsonObject found):
                CompareMaps(wanted, found, path);
                return;
            case (JsonArray wanted, JsonArray found):
                CompareLists(wanted, found, path);
                return;
        }

        if (want is JsonValue token && token.TryGetValue<string>(out var text))
        {
            if (got is JsonValue value && (value.GetValueKind() == JsonValueKind.String || Bindings.IsToken(text)))
            {
                CompareText(text, value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(), path);
                return;
            }

            if (string.Equals(text, "<any>", StringComparison.Ordinal))
            {
                return;
            }
        }

        if (!JsonNode.DeepEquals(want, got))
        {
            differences.Add($"{path}: want {Short(want)}, got {Short(got)}");
        }
    }

    private void CompareText(string want, string got, string path)
    {
        var wrong = bindings.Match(want, got);
        if (wrong is null || (string.Equals(path, "$.message", StringComparison.Ordinal) && Pieces(bindings.Text(want)).SequenceEqual(Pieces(got), StringComparer.Ordinal)))
        {
            return;
        }

        differences.Add($"{path}: {wrong}:\n        want {bindings.Text(want)}\n        got  {got}");
    }

    private void CompareMaps(JsonObject want, JsonObject got, string path)
    {
        var wanted = want.ToDictionary(p => bindings.Text(p.Key), p => p.Value, StringComparer.Ordinal);

        // Metadata first, so that names are bound before what refers to them.
        foreach (var (key, value) in wanted.OrderBy(p => string.Equals(p.Key, "metadata", StringComparison.Ordinal) ? "" : p.Key, StringComparer.Ordinal))
        {
            if (got.TryGetPropertyValue(key, out var found))
            {
                Compare(value, found, $"{path}.{key}");
            }
            else if (!Ignores($"{path}.{key}"))
            {
                differences.Add($"{path}.{key}: missing, want {Short(value)}");
            }
        }

        foreach (var (key, value) in got)
        {
            if (!contains && !wanted.ContainsKey(key) && !Ignores($"{path}.{key}"))
            {
                differences.Add($"{path}.{key}: unexpected: {Short(value)}");
            }
        }
    }

    private void CompareLists(JsonArray want, JsonArray got, string path)
    {
        if (contains || (path.EndsWith(".details.causes", StringComparison.Ordinal) && want.Count == got.Count))
        {
            for (var i = 0; i < want.Count; i++)
            {
                var tries = got.Select(found => Differences(want[i], found, bindings, At(path, i), contains, ignored)).ToList();
                if (tries.All(t => t.Count > 0))
                {
                    differences.AddRange(tries.MinBy(t => t.Count)?.Take(4) ?? [$"{At(path, i)}: the list is empty, want {Short(want[i])}"]);
                }
            }

            return;
        }

        if (want.Count != got.Count)
        {
            differences.Add(FormattableString.Invariant($"{path}: want {want.Count} items, got {got.Count}: {Short(got)}"));
        }

        for (var i = 0; i < Math.Min(want.Count, got.Count); i++)
        {
            Compare(want[i], got[i], At(path, i));
        }
    }

    private bool Ignores(string path) => ignored.Any(pattern => Regex.IsMatch(path, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(5)));

    private static string At(string path, int index) => FormattableString.Invariant($"{path}[{index}]");

    private static IEnumerable<string> Pieces(string message) =>
        Regex.Split(message, @", |\n|\[|\]|; ", RegexOptions.None, TimeSpan.FromSeconds(5)).Order(StringComparer.Ordinal);

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 400 ? text : text[..400] + "…";
    }
}
