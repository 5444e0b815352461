using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>One text for equal JSON: members sorted ordinally, nulls left out, no white space.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of a node, UTF-8.</summary>
    public static byte[] Write(JsonNode? node)
    {
        using var buffer = new RentedBuffer();
        Write(buffer, node);
        return buffer.Written.ToArray();
    }

    /// <summary>Whether two nodes have the same canonical text.</summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right) => Write(left).AsSpan().SequenceEqual(Write(right));

    /// <summary>SHA-256 of the canonical text, in hexadecimal letters.</summary>
    public static string Hash(JsonNode? node)
    {
        using var buffer = new RentedBuffer();
        Write(buffer, node);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.Written, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void Write(RentedBuffer buffer, JsonNode? node)
    {
#pragma warning disable MA0045 // Writes to memory: nothing blocks.
        using var writer = new Utf8JsonWriter(buffer);
#pragma warning restore MA0045
        Write(writer, node);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in Sorted(members))
                {
                    if (value is not null)
                    {
                        writer.WritePropertyName(name);
                        Write(writer, value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer, JsonSerializerOptions.Default);
                break;
        }
    }

    private static KeyValuePair<string, JsonNode?>[] Sorted(ICollection<KeyValuePair<string, JsonNode?>> members)
    {
        var sorted = new KeyValuePair<string, JsonNode?>[members.Count];
        members.CopyTo(sorted, 0);
        Array.Sort(sorted, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return sorted;
    }
}
