using MlopsOperator.Demo.Summaries;

namespace MlopsOperator.Demo.Tests;

/// <summary>What tests of several folders show.</summary>
internal static class Samples
{
    public static DemoSummary Summary { get; } = new()
    {
        Rollouts =
        [
            new RolloutSummary { Name = "delays-1", To = "delays-v1", Phase = "Succeeded", Outcome = "Initial", Reason = "It serves.", DurationSeconds = 2.5, Weights = [] },
            new RolloutSummary
            {
                Name = "delays-2", From = "delays-v1", To = "delays-v2", Phase = "RolledBack", Outcome = "Failed", Reason = "It fails.", DurationSeconds = 10, Requests = 272, Errors = 5, Weights = [1000, 0],
            },
        ],
        Traffic = new TrafficSummary
        {
            Requests = 1272,
            Errors = 5,
            ByVersion = new SortedDictionary<string, VersionSummary>(StringComparer.Ordinal) { ["delays-v1"] = new(1000, 0), ["delays-v2"] = new(272, 5) },
        },
    };
}
