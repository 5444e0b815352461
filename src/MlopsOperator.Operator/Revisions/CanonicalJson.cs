using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MlopsOperator.Operator.Revisions;

/// <summary>One text for equal JSON: members sorted ordinally, nulls left out. So that equal content has equal hashes in every process.</summary>
internal static class CanonicalJson
{
    // The letters of Kubernetes' own safe names: no vowels, nothing that looks like something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The canonical text of <paramref name="node"/>.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>A hash of <paramref name="length"/> letters that may stand in names of Kubernetes objects.</summary>
    public static string Hash(JsonNode? node, int length = 10)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(Write(node)));
        return string.Create(length, digest, static (letters, bytes) =>
        {
            for (var index = 0; index < letters.Length; index++)
            {
                letters[index] = Alphabet[bytes[index] % Alphabet.Length];
            }
        });
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                AppendObject(text, members);
                break;
            case JsonArray elements:
                text.Append('[');
                for (var index = 0; index < elements.Count; index++)
                {
                    text.Append(index == 0 ? "" : ",");
                    Append(text, elements[index]);
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonObject members)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members.Where(member => member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            text.Append(first ? "" : ",").Append(JsonValue.Create(name).ToJsonString()).Append(':');
            Append(text, value);
            first = false;
        }

        text.Append('}');
    }
}
