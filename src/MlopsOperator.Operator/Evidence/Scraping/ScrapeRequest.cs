using System.Text.Json;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Body of a scrape request: <c>{"routes":["namespace/name"]}</c>.</summary>
/// <param name="Routes">The routes that are asked for.</param>
internal sealed record ScrapeRequest(IReadOnlyList<string> Routes)
{
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, ScrapeRequestJsonContext.Default.ScrapeRequest);
}
