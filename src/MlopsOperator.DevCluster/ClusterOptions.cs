namespace MlopsOperator.DevCluster;

/// <summary>How a cluster is set up.</summary>
public sealed class ClusterOptions
{
    /// <summary>Clock of the cluster. Default: the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Seed of uids, generated names and watch time-outs. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Past events kept of each kind; older watches get 410. Default 1,000.</summary>
    public int EventsKept { get; set; } = 1_000;

    /// <summary>CustomResourceDefinitions that are installed before the cluster is ready.</summary>
    public ManifestSource Crds { get; } = new();

    /// <summary>Controllers and nodes that run in the cluster.</summary>
    internal List<IClusterComponent> Components { get; } = [];

    /// <summary>Where pods' logs come from; null: there are none.</summary>
    internal IPodLogs? PodLogs { get; set; }
}
