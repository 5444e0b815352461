namespace MlopsOperator.Cli.Output;

/// <summary>A command cannot be done: the sentence goes to stderr, the code to the caller.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
