namespace MlopsOperator.DevCluster;

/// <summary>A cluster ended with faults that were set and never happened: the test proved less than it says.</summary>
public sealed class UnfiredFaultsException : Exception
{
    /// <summary>Faults that never happened, without saying which.</summary>
    public UnfiredFaultsException()
        : this("faults were set and never happened")
    {
    }

    /// <summary>Faults that never happened.</summary>
    /// <param name="message">Names them.</param>
    public UnfiredFaultsException(string message)
        : base(message)
    {
    }

    /// <summary>Faults that never happened.</summary>
    /// <param name="message">Names them.</param>
    /// <param name="innerException">What was beneath.</param>
    public UnfiredFaultsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
