namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Answer to a scrape request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body.</param>
internal sealed record TelemetryAnswer(int Status, ReadOnlyMemory<byte> Body);
