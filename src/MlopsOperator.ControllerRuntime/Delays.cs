namespace MlopsOperator.ControllerRuntime;

internal static class Delays
{
    /// <summary>
    /// Waits on the caller's context, also when the wait is cancelled: a delay that is cancelled itself goes on in a thread of the pool. Its timer runs out
    /// behind the wait, so this is for short ones.
    /// </summary>
    public static Task DelayAsync(this TimeProvider time, TimeSpan span, CancellationToken cancellationToken) =>
        Task.Delay(span, time, CancellationToken.None).WaitAsync(cancellationToken);
}
