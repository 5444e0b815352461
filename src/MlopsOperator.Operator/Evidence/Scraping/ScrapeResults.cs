namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>How a scrape of one gateway ended; label values of metrics.</summary>
internal static class ScrapeResults
{
    /// <summary>Answered and read.</summary>
    public const string Ok = "ok";

    /// <summary>No answer in time.</summary>
    public const string TimedOut = "timeout";

    /// <summary>Not reached, broken off, or answered too much.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Answered with another status than 200; a redirect is one.</summary>
    public const string Refused = "refused";

    /// <summary>The answer could not be read.</summary>
    public const string Malformed = "malformed";
}
