namespace MlopsOperator.ModelServer;

/// <summary>Everything that is bounded, and by how much; what can be set has its default here.</summary>
internal static class Limits
{
    /// <summary>Default of MAX_BODY_BYTES: 16 MiB.</summary>
    public const int BodyBytes = 16 * 1024 * 1024;

    /// <summary>Default of MAX_BATCH_SIZE: the memory of ONNX Runtime grows to the largest batch and stays there.</summary>
    public const int BatchSize = 1024;

    /// <summary>Default of MAX_QUEUE: requests that may wait for a free run.</summary>
    public const int QueuedRequests = 64;

    /// <summary>Default of MAX_CONCURRENCY, for each core.</summary>
    public const int RunsPerCore = 2;

    /// <summary>Default of LOAD_TIMEOUT_SECONDS.</summary>
    public const int LoadSeconds = 300;

    /// <summary>Requests that a warm-up makes: enough for the runtime to see which code is hot.</summary>
    public const int WarmUpRequests = 64;

    /// <summary>Values of a warm-up's request; larger ones are run once, and not as JSON.</summary>
    public const int WarmUpValues = 4096;

    /// <summary>Time for a warm-up's repetitions, in milliseconds: a slow model is warm after few.</summary>
    public const int WarmUpMilliseconds = 250;

    /// <summary>Default of DRAIN_SECONDS: time for gateways to learn that this pod goes.</summary>
    public const int DrainSeconds = 5;

    /// <summary>Time for requests in flight after the listener is closed.</summary>
    public const int ShutdownSeconds = 30;

    /// <summary>Nesting of JSON.</summary>
    public const int JsonDepth = 64;

    /// <summary>Dimensions of a tensor in a request; nested data must stay within <see cref="JsonDepth"/>.</summary>
    public const int TensorRank = 32;

    /// <summary>Length of a request's id, in bytes.</summary>
    public const int IdBytes = 1024;

    /// <summary>Length of a name or datatype in a request, in bytes; longer ones cannot be right.</summary>
    public const int NameBytes = 512;

    /// <summary>Characters of a client's text that an error repeats.</summary>
    public const int QuotedCharacters = 64;

    /// <summary>Names that an error lists.</summary>
    public const int ListedNames = 16;

    /// <summary>Characters of ONNX Runtime's text that an error repeats.</summary>
    public const int FaultCharacters = 300;

    /// <summary>Bytes of a refused body that are still read, so that the client sees the answer instead of a broken connection.</summary>
    public const long DiscardedBytes = 128L * 1024 * 1024;

    /// <summary>Time for reading a refused body.</summary>
    public const int DiscardSeconds = 10;

    /// <summary>Time between two log lines about failing requests; what is between is counted.</summary>
    public const int FaultLogSeconds = 10;
}
