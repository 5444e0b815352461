namespace MlopsOperator.DevCluster.Faults;

/// <summary>An answer that goes on: a watch, or a log.</summary>
internal interface IConnection
{
    /// <summary>Whether nothing comes any more.</summary>
    bool IsStopped { get; }

    /// <summary>The reader gets an exception instead of what comes next, whatever was on its way.</summary>
    void Break(Exception why);
}
