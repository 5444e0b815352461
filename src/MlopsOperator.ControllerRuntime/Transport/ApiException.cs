namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>A Status that an API server answered instead of success. The message never holds a request's or answer's body.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Reason, of ours, of a successful answer that does not fit the type.</summary>
    internal const string Undecodable = "Undecodable";

    /// <summary>An exception for a Status.</summary>
    /// <param name="code">HTTP status.</param>
    /// <param name="reason">Reason of the Status, such as Conflict or AlreadyExists.</param>
    /// <param name="message">Message of the Status.</param>
    /// <param name="retryAfter">When to try again, if the server said so.</param>
    public ApiException(int code, string reason, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        RetryAfter = retryAfter > Limits.LongestRetryAfter ? Limits.LongestRetryAfter : retryAfter;
    }

    /// <summary>HTTP status.</summary>
    public int Code { get; }

    /// <summary>Reason of the Status, such as Conflict or AlreadyExists.</summary>
    public string Reason { get; }

    /// <summary>When to try again, if the server said so; a minute at most.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the server says which fields are wrong: the content is refused, whatever comes between.</summary>
    internal bool NamesCauses { get; init; }

    /// <summary>Whether the object or kind does not exist.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Whether a resourceVersion, uid or field manager conflicts; the answer is to read and decide again.</summary>
    public bool IsConflict => Code == 409;
}
