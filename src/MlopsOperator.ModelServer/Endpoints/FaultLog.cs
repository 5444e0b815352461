namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>Logs failing requests without drowning the log: one line at most in some seconds, with the number of those in between.</summary>
/// <param name="time">Clock.</param>
/// <param name="logger">Where to.</param>
internal sealed class FaultLog(TimeProvider time, ILogger<FaultLog> logger)
{
    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.MinValue;
    private long untold;

    /// <summary>A request failed by the model's fault.</summary>
    /// <param name="message">Why.</param>
    public void Failed(string message)
    {
        long others;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now < next)
            {
                untold++;
                return;
            }

            next = now + TimeSpan.FromSeconds(Limits.FaultLogSeconds);
            others = untold;
            untold = 0;
        }

        logger.RequestFailed(message, others);
    }
}
