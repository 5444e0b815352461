namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Back-off of a key that fails: 5 ms, doubled with each failure in a row, 5 minutes at most unless a controller asks for less, for ever.</summary>
internal static class RetryPolicy
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(5);

    /// <summary>Delay after this many failures in a row, beginning with 0.</summary>
    public static TimeSpan Delay(int failures) => Delay(failures, Cap);

    /// <summary>The same, with another longest delay.</summary>
    public static TimeSpan Delay(int failures, TimeSpan longest)
    {
        // 5 ms x 2^16 is beyond the cap.
        var delay = First * Math.Pow(2, Math.Min(failures, 16));
        return delay < longest ? delay : longest;
    }
}
