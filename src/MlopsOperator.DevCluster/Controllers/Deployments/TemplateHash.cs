using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>Names a pod template: ten letters that cannot spell a word, from the template's content and the Deployment's collision count.</summary>
internal static class TemplateHash
{
    public const string Label = "pod-template-hash";
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int Length = 10;

    public static string Of(JsonObject template, int collisionCount)
    {
        var text = new StringBuilder();
        AppendSorted(text, template);
        text.Append('#').Append(collisionCount);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Create(Length, digest, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }

    /// <summary>Whether two templates are the same but for the hash label.</summary>
    public static bool IsSame(JsonObject? one, JsonObject? other) => JsonNode.DeepEquals(WithoutHash(one), WithoutHash(other));

    private static JsonObject? WithoutHash(JsonObject? template)
    {
        var copy = (JsonObject?)template?.DeepClone();
        copy.Child("metadata").Child("labels")?.Remove(Label);
        return copy;
    }

    private static void AppendSorted(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(key).Append(':');
                    AppendSorted(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                {
                    AppendSorted(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
