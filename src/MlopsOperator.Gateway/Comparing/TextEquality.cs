using System.Text;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Whether two texts are the same but for white space. Unicode is not normalised: the process runs without its tables.</summary>
internal static class TextEquality
{
    /// <summary>Whether they are.</summary>
    public static bool Holds(ReadOnlySpan<byte> stable, ReadOnlySpan<byte> candidate) =>
        stable.SequenceEqual(candidate) || Words(stable).AsSpan().SequenceEqual(Words(candidate));

    private static string[] Words(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
