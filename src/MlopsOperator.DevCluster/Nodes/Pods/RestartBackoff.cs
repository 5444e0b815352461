namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Pauses between attempts: none before the first repetition, then 10 s, doubling to 5 minutes.</summary>
internal sealed class RestartBackoff
{
    private TimeSpan pause = TimeSpan.Zero;
    private DateTimeOffset? since;

    /// <summary>The pause that holds now.</summary>
    public TimeSpan Pause => pause;

    /// <summary>When the next attempt may be made.</summary>
    public DateTimeOffset NotBefore => since is { } failed ? failed + pause : DateTimeOffset.MinValue;

    /// <summary>Says that an attempt ended.</summary>
    /// <param name="now">When.</param>
    /// <param name="ran">How long it had lasted.</param>
    public void Failed(DateTimeOffset now, TimeSpan ran)
    {
        if (ran >= Limits.RestartPauseReset)
        {
            pause = TimeSpan.Zero;
        }

        since = now;
    }

    /// <summary>Says that the next attempt is made: the pause after it is longer.</summary>
    public void Attempt()
    {
        if (since is null)
        {
            return;
        }

        var next = pause == TimeSpan.Zero ? Limits.FirstRestartPause : pause * 2;
        pause = next > Limits.LongestRestartPause ? Limits.LongestRestartPause : next;
    }
}
