using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Serialization;

namespace MlopsOperator.Operator.Revisions;

/// <summary>Hashes of content that may stand in names of Kubernetes objects: equal content has equal hashes in every process and version.</summary>
internal static class NameHash
{
    // The letters of Kubernetes' own safe names: no vowels, nothing that looks like something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The hash of <paramref name="node"/>'s canonical text in <paramref name="length"/> letters, at most 32.</summary>
    public static string Of(JsonNode? node, int length = 10) => string.Create(length, SHA256.HashData(CanonicalJson.Write(node)), static (letters, bytes) =>
    {
        for (var index = 0; index < letters.Length; index++)
        {
            letters[index] = Alphabet[bytes[index] % Alphabet.Length];
        }
    });
}
