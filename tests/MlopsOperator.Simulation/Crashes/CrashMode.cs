namespace MlopsOperator.Simulation.Crashes;

/// <summary>What happens to one write of the operator.</summary>
internal enum CrashMode
{
    /// <summary>The process dies before it.</summary>
    Before,

    /// <summary>The process dies after it.</summary>
    After,

    /// <summary>The write is done, and the process dies before its answer comes.</summary>
    AnswerLost,

    /// <summary>The write is done, its answer is lost, and the process lives on.</summary>
    OnlyAnswerLost,

    /// <summary>409: the write is refused.</summary>
    Conflict,
}
