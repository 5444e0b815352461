using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo;

/// <summary>What a person can ask of the demo.</summary>
/// <param name="Summary">File that gets the summary as JSON.</param>
/// <param name="Keep">Whether everything is left running at the end.</param>
/// <param name="RequestsPerSecond">Rate of the traffic.</param>
/// <param name="Scenario">What it shows.</param>
internal sealed record DemoOptions(FileInfo? Summary, bool Keep, double RequestsPerSecond, IDemoScenario Scenario);
