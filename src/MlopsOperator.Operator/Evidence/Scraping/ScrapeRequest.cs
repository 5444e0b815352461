using System.Text.Json;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Body of a scrape request: <c>{"routes":["namespace/name"],"floors":{"namespace/name":15}}</c>.</summary>
/// <param name="Routes">The routes that are asked for.</param>
/// <param name="Floors">By route, the sequence below which no candidate may be served; renews the exposure lease. Null: none.</param>
internal sealed record ScrapeRequest(IReadOnlyList<string> Routes, IReadOnlyDictionary<string, long>? Floors = null)
{
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, ScrapeRequestJsonContext.Default.ScrapeRequest);
}
