namespace MlopsOperator.Cli.Waiting;

/// <summary>What <c>status --for</c> waits for.</summary>
internal enum Goal
{
    /// <summary>What the deployment asks for serves, or failed, or a person is waited for.</summary>
    Settled,

    /// <summary>What the deployment asks for serves.</summary>
    Promoted,

    /// <summary>A person is waited for.</summary>
    Waiting,
}
