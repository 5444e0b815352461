using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Rollouts.Inputs;

/// <summary>What a ModelDeployment asks for now, parsed.</summary>
public sealed record DeploymentIntent
{
    /// <summary>Namespace of the deployment.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the deployment.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool Deleting { get; init; }

    /// <summary>Whether <c>spec.paused</c> is set.</summary>
    public bool Paused { get; init; }

    /// <summary>The revision that <c>status.wanted</c> names.</summary>
    public required string WantedRevision { get; init; }

    /// <summary>Wanted pods: <c>max(replicas, minReplicas)</c>, or 0 when replicas is 0.</summary>
    public required int Replicas { get; init; }

    /// <summary>How long a revision may take to become ready.</summary>
    public required TimeSpan ProgressDeadline { get; init; }

    /// <summary>All hosts of the route, sorted: the implied ones and the listed ones that this deployment owns.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Path prefix of the route.</summary>
    public required string Path { get; init; }

    /// <summary>Stickiness of the route.</summary>
    public StickySpec? Sticky { get; init; }

    /// <summary>Total time that a request may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long after a scrape a gateway may serve a candidate that is judged; null: always.</summary>
    public TimeSpan? ExposureLease { get; init; }

    /// <summary>Whether answers carry the version.</summary>
    public bool ExposeVersion { get; init; }

    /// <summary>Whether another writer fights for our children (three changes in five minutes).</summary>
    public bool Contested { get; init; }
}
