namespace MlopsOperator.Gateway.Observing;

/// <summary>Body of a scrape for judging.</summary>
/// <param name="Routes">Routes, <c>namespace/name</c> each.</param>
internal sealed record ScrapeRequest(IReadOnlyList<string>? Routes);
