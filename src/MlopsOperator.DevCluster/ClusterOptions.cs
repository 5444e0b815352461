using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes;

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

    /// <summary>What runs behind which pods.</summary>
    public PodOptions Pods { get; } = new();

    /// <summary>Controllers that are left out, for tests that play them themselves.</summary>
    public ISet<EmbeddedController> WithoutControllers { get; } = new HashSet<EmbeddedController>();

    /// <summary>Whether the API runs alone: neither controllers nor a node.</summary>
    public bool ApiOnly { get; set; }

    /// <summary>Log of controllers and node. Default: none.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>What runs in the cluster; filled with the controllers and the node unless it was filled before.</summary>
    internal List<IClusterComponent> Components { get; } = [];

    /// <summary>Where pods' logs come from; null: there are none.</summary>
    internal IPodLogs? PodLogs { get; set; }
}
