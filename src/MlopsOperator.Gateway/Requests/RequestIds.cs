using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MlopsOperator.Gateway.Requests;

/// <summary>The id that logs of client, gateway and model are joined by.</summary>
internal static class RequestIds
{
    private static readonly SearchValues<char> Sane = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._:/+=");

    /// <summary>The client's id if it is short and plain, else a new one.</summary>
    public static string Of(StringValues sent)
    {
        if (sent.Count == 1 && sent[0] is { Length: > 0 and <= Limits.RequestIdLength } id && id.AsSpan().IndexOfAnyExcept(Sane) < 0)
        {
            return id;
        }

        return string.Create(32, (High: Random.Shared.NextInt64(), Low: Random.Shared.NextInt64()), static (span, number) =>
        {
            number.High.TryFormat(span, out _, "x16", CultureInfo.InvariantCulture);
            number.Low.TryFormat(span[16..], out _, "x16", CultureInfo.InvariantCulture);
        });
    }
}
