namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Why a copy was not sent. The label's values are in <see cref="MirrorReasons"/>.</summary>
internal enum DropReason
{
    /// <summary>As many copies as may be are being taken, wait or are under way.</summary>
    QueueFull,

    /// <summary>Copies hold as many bytes as they may.</summary>
    MemoryFull,

    /// <summary>The request's body is larger than what is copied.</summary>
    TooLarge,

    /// <summary>Nobody judges the candidate.</summary>
    Lapsed,

    /// <summary>The candidate has no endpoint.</summary>
    NoEndpoint,

    /// <summary>The gateway is stopping.</summary>
    Draining,

    /// <summary>The request did not arrive whole, or its client did not wait for the answer.</summary>
    Incomplete,

    /// <summary>It waited too long to be sent.</summary>
    Late,

    /// <summary>The route does not mirror to the candidate any more.</summary>
    Withdrawn,

    /// <summary>The gateway could not make or send it.</summary>
    Failed,
}
