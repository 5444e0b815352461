namespace MlopsOperator.Demo.Scenarios;

/// <summary>The demo cannot go on, or did not end as it should; the message is a sentence for a person.</summary>
internal sealed class DemoFailure(string message, Exception? cause = null) : Exception(message, cause);
