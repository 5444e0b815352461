namespace MlopsOperator.DevCluster;

/// <summary>What a reader of a pod's log asks for.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="Container">One of the pod's containers.</param>
internal sealed record PodLogRequest(string Namespace, string Pod, string Container)
{
    /// <summary>Go on while the container runs.</summary>
    public bool Follow { get; init; }

    /// <summary>The container's incarnation before the present one.</summary>
    public bool Previous { get; init; }

    /// <summary>Each line begins with its time (RFC 3339 with nanoseconds) and a space.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Only so many last lines.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only lines written after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only so many bytes.</summary>
    public long? LimitBytes { get; init; }
}
