using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Tests.Controllers;

/// <summary>Writes the log of controllers and node to the output of the test that runs.</summary>
internal sealed class OutputLogger(ITestOutputHelper? output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => output is not null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            output?.WriteLine($"{formatter(state, exception)} {exception?.GetType().Name}: {exception?.Message}");
        }
        catch (InvalidOperationException)
        {
            // The test is over.
        }
    }
}
