namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Sends one scrape request. The seam between the scraper and the network.</summary>
internal interface ITelemetryClient
{
    /// <summary>Posts a body and reads the answer. Follows no redirect.</summary>
    /// <param name="uri">Full address.</param>
    /// <param name="body">JSON body.</param>
    /// <param name="maxBytes">Largest answer; a larger one is an <see cref="HttpRequestException"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Status and bytes of the answer.</returns>
    /// <exception cref="HttpRequestException">The gateway could not be reached, broke off, or answered too much.</exception>
    Task<TelemetryAnswer> PostAsync(Uri uri, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken);
}
