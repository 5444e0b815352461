namespace MlopsOperator.ModelServer.Health;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Model {Model} version {Version} is loaded from {Path} in {Milliseconds} ms and ready")]
    public static partial void ModelReady(this ILogger logger, string model, string version, string path, long milliseconds);

    [LoggerMessage(101, LogLevel.Error, "Model {Model} version {Version} cannot be served and never gets ready: {Reason}")]
    public static partial void ModelFailed(this ILogger logger, string model, string version, string reason);

    [LoggerMessage(102, LogLevel.Warning, "Model {Model} version {Version} fails on one row of zeros: {Reason}. It serves all the same")]
    public static partial void WarmUpFailed(this ILogger logger, string model, string version, string reason);

    [LoggerMessage(103, LogLevel.Warning, "Output {Output} is a sequence of maps (ZipMap): it is flattened at some cost. Export the model with zipmap=False to avoid it")]
    public static partial void MapsAreSlow(this ILogger logger, string output);
}
