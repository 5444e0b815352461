namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Knows the gateway pods of now.</summary>
internal interface IGatewayDirectory
{
    /// <summary>All endpoints (ready, serving or terminating) of the gateway Service. Called once a scrape round; must not block.</summary>
    IReadOnlyList<GatewayTarget> List();
}
