namespace MlopsOperator.Operator.Evidence;

/// <summary>Log texts of the scraper.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "Gateway cannot be scraped; its evidence is missing until it can. Gateway {Gateway} at {Uri}, result {Result}, reason {Reason}")]
    public static partial void ScrapeFailed(ILogger logger, string gateway, Uri uri, string result, string reason);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "Gateway can be scraped again. Gateway {Gateway}")]
    public static partial void ScrapeRecovered(ILogger logger, string gateway);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "Scrape round failed; the next one starts on time. Interval {Interval}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, TimeSpan interval);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "Too many routes to scrape; this one is not watched. Route {Route}, limit {Limit}")]
    public static partial void TooManyRoutes(ILogger logger, string route, int limit);
}
