namespace MlopsOperator.Rollouts.Inputs;

/// <summary>What is known of a revision's pods.</summary>
public sealed record RevisionObservation
{
    /// <summary>Name of the revision's Service.</summary>
    public required string Service { get; init; }

    /// <summary>Port of its pods.</summary>
    public required int Port { get; init; }

    /// <summary>Whether its Deployment or Service exists.</summary>
    public bool Exists { get; init; }

    /// <summary><c>spec.replicas</c> of its Deployment; 0 without one.</summary>
    public int DesiredReplicas { get; init; }

    /// <summary>Ready addresses in its EndpointSlices: what traffic may be sent to.</summary>
    public int ReadyEndpoints { get; init; }

    /// <summary>Its pods that have not ended, those on their way out among them: what takes up room.</summary>
    public int Pods { get; init; }

    /// <summary>The scheduler's text when pods cannot be scheduled.</summary>
    public string? Unschedulable { get; init; }

    /// <summary>Why pods do not become ready: waiting reasons, exit codes, termination messages of init containers; null when nothing is known to be wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// A problem that no waiting will mend: the fetched bytes do not match the ModelVersion. Taken back at once rather than at the deadline.
    /// </summary>
    public string? FatalProblem { get; init; }

    /// <summary>
    /// Whether its ControllerRevision is known, from which <see cref="Port"/> and <see cref="GoldenTests"/> are read. Without it 0 means not known.
    /// </summary>
    public bool ContentKnown { get; init; } = true;

    /// <summary>Digest of its artifact; null where it is not known.</summary>
    public string? Digest { get; init; }

    /// <summary>Golden tests that its ModelVersion has.</summary>
    public int GoldenTests { get; init; }
}
