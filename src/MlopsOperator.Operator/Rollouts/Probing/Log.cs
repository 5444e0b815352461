using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.Operator.Rollouts.Probing;

internal static partial class Log
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "A probe of pods of {Deployment} failed; it will be tried again")]
    public static partial void ProbeFailed(ILogger logger, ObjectKey deployment, Exception error);
}
