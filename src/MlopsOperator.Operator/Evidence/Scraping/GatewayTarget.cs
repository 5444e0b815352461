namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>A gateway pod to scrape.</summary>
/// <param name="Name">Name of the pod.</param>
/// <param name="Uri">Base address of its telemetry port.</param>
/// <param name="Ready">Whether its endpoint is ready; those that only serve or terminate are scraped too.</param>
internal sealed record GatewayTarget(string Name, Uri Uri, bool Ready);
