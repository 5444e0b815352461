using System.Text;
using System.Text.Json;

namespace MlopsOperator.Fetcher.Reports;

/// <summary>
/// What the fetcher says at its end. Success: <c>{"uri","digest","bytes"}</c>.
/// Failure: <c>{"reason","uri","expected","got","bytes","message"}</c>, without what is not known.
/// </summary>
internal sealed record FetchReport
{
    /// <summary>Why it failed, one of <see cref="FailureReasons"/>; absent on success.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the artifact is, without query and credentials.</summary>
    public string? Uri { get; init; }

    /// <summary>Digest of what is in place; absent on failure.</summary>
    public string? Digest { get; init; }

    /// <summary>Digest that was declared; absent on success.</summary>
    public string? Expected { get; init; }

    /// <summary>Digest that was found instead.</summary>
    public string? Got { get; init; }

    /// <summary>Bytes that were read.</summary>
    public long? Bytes { get; init; }

    /// <summary>A sentence for people; absent on success.</summary>
    public string? Message { get; init; }

    /// <summary>The report as one line of JSON of at most <see cref="Limits.ReportBytes"/> bytes.</summary>
    /// <returns>The line, without its end.</returns>
    public string ToLine()
    {
        var shortened = this with
        {
            Uri = Shorten(Uri, Limits.ReportedUriCharacters),
            Expected = Shorten(Expected, 80),
            Message = Shorten(Message, Limits.ReportedMessageCharacters),
        };
        var line = JsonSerializer.Serialize(shortened, ReportJson.Readable.FetchReport);

        // Escapes and letters of several bytes can still make it too long: then the sentence goes, then the address.
        if (Encoding.UTF8.GetByteCount(line) > Limits.ReportBytes)
        {
            line = JsonSerializer.Serialize(shortened with { Message = null }, ReportJson.Readable.FetchReport);
        }

        return Encoding.UTF8.GetByteCount(line) > Limits.ReportBytes
            ? JsonSerializer.Serialize(shortened with { Message = null, Uri = null, Expected = null }, ReportJson.Readable.FetchReport)
            : line;
    }

    private static string? Shorten(string? text, int characters) =>
        text is null || text.Length <= characters ? text : string.Concat(text.AsSpan(0, characters - 1), "…");
}
