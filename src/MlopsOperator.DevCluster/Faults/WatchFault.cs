namespace MlopsOperator.DevCluster.Faults;

/// <summary>What is wrong with one watch.</summary>
internal sealed record WatchFault
{
    /// <summary>The server ends the watch after so many events; bookmarks do not count.</summary>
    public int? CloseAfter { get; init; }

    /// <summary>How much later than they happen changes arrive.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>Whether no bookmarks come, though they were asked for.</summary>
    public bool WithoutBookmarks { get; init; }

    /// <summary>After so many events nothing arrives any more, not even the end.</summary>
    public int? SilentAfter { get; init; }
}
