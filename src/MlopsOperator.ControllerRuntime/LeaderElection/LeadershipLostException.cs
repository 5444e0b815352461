namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>
/// This process does not lead, or leads no more. <see cref="Hosting.OperatorRuntime.RunAsync(CancellationToken)"/> ends with it, and the
/// process should end at once: another one may be at work. A write ends with it when the lease does not cover it.
/// </summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>An exception that says what was lost, and why.</summary>
    public LeadershipLostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
