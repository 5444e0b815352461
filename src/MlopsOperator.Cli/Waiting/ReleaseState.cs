namespace MlopsOperator.Cli.Waiting;

/// <summary>Where a release is, as far as those who wait for it care.</summary>
internal enum ReleaseState
{
    /// <summary>Something moves, or the operator has not looked yet.</summary>
    UnderWay,

    /// <summary>What the deployment asks for serves.</summary>
    Promoted,

    /// <summary>It was taken back, or cannot be used.</summary>
    Failed,

    /// <summary>A person must approve or resume.</summary>
    WaitsForPerson,
}
