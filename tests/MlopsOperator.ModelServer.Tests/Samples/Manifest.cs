using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.ModelServer.Tests.Servers;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlopsOperator.ModelServer.Tests.Samples;

/// <summary>Reads a manifest of the samples as JSON.</summary>
internal static class Manifest
{
    public static async Task<JsonNode[]> ReadAsync(string folder, string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Paths.Samples, folder, name), TestContext.Current.CancellationToken);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)!)];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Convert(entry.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"Unexpected {node}."),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "null" or "~" or "" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
