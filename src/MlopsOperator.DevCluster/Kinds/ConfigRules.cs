using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>ConfigMaps and Secrets.</summary>
internal static partial class ConfigRules
{
    public static void DefaultSecret(JsonObject secret)
    {
        secret.Default("type", "Opaque");
        if (secret["stringData"] is JsonObject texts)
        {
            var data = secret.Ensure("data");
            foreach (var (key, value) in texts)
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? ""));
            }

            secret.Remove("stringData");
        }
    }

    public static void Validate(JsonObject content, JsonObject? old, List<FieldError> errors)
    {
        foreach (var member in new[] { "data", "binaryData" })
        {
            foreach (var (key, _) in content.Map(member) ?? [])
            {
                if (key.Length > 253 || !KeyPattern().IsMatch(key))
                {
                    errors.Add(FieldError.InvalidText($"{member}[{key}]", key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
                }
            }
        }

        if (old?.Flag("immutable") is not true)
        {
            return;
        }

        if (content.Flag("immutable") is not true)
        {
            errors.Add(FieldError.Forbidden("immutable", "field is immutable when `immutable` is set"));
        }

        foreach (var member in new[] { "data", "binaryData" })
        {
            if (!JsonNode.DeepEquals(old[member], content[member]))
            {
                errors.Add(FieldError.Forbidden(member, "field is immutable when `immutable` is set"));
            }
        }
    }

    [GeneratedRegex("^[-._a-zA-Z0-9]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}
