using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace MlopsOperator.Gateway.Requests;

/// <summary>Whether a request target means the same to the gateway and to every backend.</summary>
internal static class RequestPath
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create("%\\#");

    /// <summary>What is wrong with the raw target, or null.</summary>
    public static string? Problem(string rawTarget)
    {
        if (rawTarget.Length == 0 || (rawTarget[0] != '/' && !rawTarget.StartsWith("http://", StringComparison.OrdinalIgnoreCase)))
        {
            return "the target is not a path that begins with /";
        }

        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? rawTarget.AsSpan() : rawTarget.AsSpan(0, query);
        return path.ContainsAny(Suspicious) ? ProblemOfEscapes(path) : null;
    }

    private static string? ProblemOfEscapes(ReadOnlySpan<char> path)
    {
        if (path.ContainsAny('\\', '#'))
        {
            return "the path holds \\ or #";
        }

        Span<byte> run = stackalloc byte[path.Length];
        var length = 0;
        for (var index = 0; index < path.Length; index++)
        {
            if (path[index] != '%')
            {
                run[length++] = (byte)'.';
                continue;
            }

            if (index + 2 >= path.Length || !byte.TryParse(path.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return "the path holds a % that begins no escape";
            }

            if (value is (byte)'/' or (byte)'\\' or < 0x20 or 0x7f)
            {
                return "the path holds an escaped slash, backslash or control character";
            }

            run[length++] = value;
            index += 2;
        }

        return Utf8.IsValid(run[..length]) ? null : "the path's escapes are not UTF-8";
    }
}
