namespace MlopsOperator.Operator.Configuration;

/// <summary>What a platform team configures. Read once, in <c>Program.cs</c>.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Namespace of the gateway Service, whose endpoints are the gateways.</summary>
    public string GatewayNamespace { get; init; } = "mlops-system";

    /// <summary>Name of the gateway Service.</summary>
    public string GatewayService { get; init; } = "mlops-gateway";

    /// <summary>How long after a scrape a gateway may serve a candidate that is judged: 1 s to 1 h.</summary>
    public TimeSpan ExposureLease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>DNS domain of the cluster.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>Image of the init container that fetches and verifies artifacts.</summary>
    public string FetcherImage { get; init; } = "mlops-operator/fetcher:dev";

    /// <summary>Whether replicas compete for a Lease, so that one works at a time.</summary>
    public bool LeaderElection { get; init; }

    /// <summary>Namespace of that Lease.</summary>
    public string LeaderElectionNamespace { get; init; } = "mlops-system";

    /// <summary>Name of this replica, in Events.</summary>
    public string Instance { get; init; } = "mlops-operator";
}
