namespace MlopsOperator.DevCluster;

/// <summary>When, around a write, a client dies.</summary>
public enum CrashPoint
{
    /// <summary>Before it: the write is not done.</summary>
    Before,

    /// <summary>After it: the write is done and its answer has arrived; every later request breaks.</summary>
    After,

    /// <summary>After it, without its answer: the write is done and the client never learns of it.</summary>
    AnswerLost,
}
