namespace MlopsOperator.Demo.Scenarios;

/// <summary>Names that the demo's manifests use.</summary>
internal static class DemoNames
{
    public const string Namespace = "demo";
    public const string Deployment = "delays";
    public const string Host = "delays.example.com";
    public const string SystemNamespace = "mlops-system";
    public const string GatewayService = "mlops-gateway";
    public const int GatewayPort = 8080;
    public const string FirstVersion = "delays-v1";
    public const string GoodVersion = "delays-v2";

    /// <summary>Fails on rows without a route history; its golden request has one.</summary>
    public const string BadVersion = "delays-v3";

    /// <summary>Answers the opposite; its golden requests find that out.</summary>
    public const string SwappedVersion = "delays-v4";
}
