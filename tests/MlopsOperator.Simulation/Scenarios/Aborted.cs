using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>A person takes the candidate back in the middle of a canary, and is told that it was done.</summary>
internal static class Aborted
{
    public static Scenario Scenario { get; } = new("aborted", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: RolloutRequest
            metadata: {name: abort-1, namespace: prod}
            spec: {deployment: delays, action: Abort, requestedBy: jane@example.com}
            """);
        await world.UntilAsync("the answer", () => world.Read<RolloutRequest>("rolloutrequests", "abort-1")?.Status?.Phase is RequestPhase.Honoured);
        await world.RestsAsync(2, "delays-v1", DeploymentPhase.Degraded);
    });
}
