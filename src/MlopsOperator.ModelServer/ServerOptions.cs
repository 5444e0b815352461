using System.Net;

namespace MlopsOperator.ModelServer;

/// <summary>What the server is told by its environment.</summary>
internal sealed record ServerOptions
{
    /// <summary>MODEL_NAME: the name in paths and answers.</summary>
    public required string ModelName { get; init; }

    /// <summary>MODEL_VERSION: the version in paths and answers; none when absent.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>MODEL_PATH: the ONNX file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>BIND_ADDRESS: the address to listen on; null, the default: any.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>PORT; 8080 by default. 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>MAX_BODY_BYTES; 16 MiB by default.</summary>
    public int MaxBodyBytes { get; init; } = Limits.BodyBytes;

    /// <summary>MAX_BATCH_SIZE: the largest first dimension where the model leaves it open; 1,024 by default.</summary>
    public int MaxBatchSize { get; init; } = Limits.BatchSize;

    /// <summary>MAX_CONCURRENCY: runs at the same time; twice the cores by default.</summary>
    public int MaxConcurrency { get; init; } = Limits.RunsPerCore * Environment.ProcessorCount;

    /// <summary>MAX_QUEUE: requests that may wait; 64 by default. Further ones get 503.</summary>
    public int MaxQueue { get; init; } = Limits.QueuedRequests;

    /// <summary>LOAD_TIMEOUT_SECONDS: time that loading may take; 300 by default.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(Limits.LoadSeconds);

    /// <summary>DRAIN_SECONDS: time between SIGTERM and the closing of the listener; 5 by default.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(Limits.DrainSeconds);

    /// <summary>Reads the options, and collects everything that is wrong with them.</summary>
    /// <param name="environment">Gives the value of a variable, or null.</param>
    /// <param name="errors">A sentence for each wrong variable.</param>
    /// <returns>The options; usable only without errors.</returns>
    public static ServerOptions Read(Func<string, string?> environment, out IReadOnlyList<string> errors)
    {
        var variables = new EnvironmentVariables(environment);
        errors = variables.Errors;
        return new ServerOptions
        {
            ModelName = variables.Required("MODEL_NAME", "the name of the model, such as delays"),
            ModelVersion = variables.Text("MODEL_VERSION"),
            ModelPath = variables.Required("MODEL_PATH", "the path of an ONNX file, such as /mnt/models/model.onnx"),
            BindAddress = variables.Address("BIND_ADDRESS"),
            Port = variables.Number("PORT", 8080, 0, 65_535),
            MaxBodyBytes = variables.Number("MAX_BODY_BYTES", Limits.BodyBytes, 1, 1024 * 1024 * 1024),
            MaxBatchSize = variables.Number("MAX_BATCH_SIZE", Limits.BatchSize, 1, int.MaxValue),
            MaxConcurrency = variables.Number("MAX_CONCURRENCY", Limits.RunsPerCore * Environment.ProcessorCount, 1, 4096),
            MaxQueue = variables.Number("MAX_QUEUE", Limits.QueuedRequests, 0, 65_536),
            LoadTimeout = TimeSpan.FromSeconds(variables.Number("LOAD_TIMEOUT_SECONDS", Limits.LoadSeconds, 1, 86_400)),
            DrainTime = TimeSpan.FromSeconds(variables.Number("DRAIN_SECONDS", Limits.DrainSeconds, 0, 3_600)),
        };
    }
}
