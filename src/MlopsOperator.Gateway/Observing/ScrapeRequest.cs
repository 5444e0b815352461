namespace MlopsOperator.Gateway.Observing;

/// <summary>Body of a scrape for judging.</summary>
/// <param name="Routes">Routes, <c>namespace/name</c> each.</param>
/// <param name="Floors">By route, the sequence below which no candidate may be served: renews the exposure lease.</param>
internal sealed record ScrapeRequest(IReadOnlyList<string>? Routes, IReadOnlyDictionary<string, long>? Floors = null);
