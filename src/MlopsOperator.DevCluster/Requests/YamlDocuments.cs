using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Manifests in YAML.</summary>
internal static partial class YamlDocuments
{
    /// <summary>Values in one text.</summary>
    private const int MaximumNodes = 200_000;

    /// <summary>All documents of a text that are maps; empty ones are left out.</summary>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static IReadOnlyList<JsonObject> Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        var nodes = 0;
        return [.. stream.Documents.Select(document => Node(document.RootNode, 0, ref nodes)).OfType<JsonObject>()];
    }

    /// <summary>Refuses what YAML does not allow and the reader takes in: escapes of half a character.</summary>
    /// <exception cref="YamlException">There is one.</exception>
    public static void CheckEscapes(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        while (parser.MoveNext())
        {
            if (parser.Current is Scalar { Style: ScalarStyle.DoubleQuoted } scalar
                && Storage.SurrogateEscapes.AreIn(Encoding.UTF8.GetBytes(text[(int)scalar.Start.Index..(int)scalar.End.Index])))
            {
                throw new YamlException(scalar.Start, scalar.End, "found invalid Unicode character escape code: write the character itself in place of \\uD800 to \\uDFFF");
            }
        }
    }

    private static JsonNode? Node(YamlNode node, int depth, ref int nodes)
    {
        // Aliases may repeat what they name again and again.
        if (++nodes > MaximumNodes || depth > Storage.JsonBytes.MaximumDepth)
        {
            throw new YamlException($"more than {MaximumNodes} values or {Storage.JsonBytes.MaximumDepth} levels");
        }

        switch (node)
        {
            case YamlMappingNode map:
                var members = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    var name = key is YamlScalarNode scalarKey ? scalarKey.Value ?? "" : throw new YamlException(key.Start, key.End, "a key must be a text");
                    members[name] = Node(value, depth + 1, ref nodes);
                }

                return members;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                {
                    items.Add(Node(item, depth + 1, ref nodes));
                }

                return items;
            default:
                return node is YamlScalarNode scalar ? Scalar(scalar) : null;
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when WholePattern().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when RealPattern().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(text),
        };
    }

    [GeneratedRegex("^[-+]?(0|[1-9][0-9]*)\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WholePattern();

    [GeneratedRegex(@"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RealPattern();
}
