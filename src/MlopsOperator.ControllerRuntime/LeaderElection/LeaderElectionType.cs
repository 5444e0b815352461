namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>How many processes of an operator work at a time.</summary>
public enum LeaderElectionType
{
    /// <summary>Each process works: there must be only one.</summary>
    None,

    /// <summary>One process works; the others keep their caches warm and take over when it is gone.</summary>
#pragma warning disable CA1720 // The name that users of KubeOps know.
    Single,
#pragma warning restore CA1720
}
