using MlopsOperator.Api.Requests;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Requests;

/// <summary>Verbs of stories about people who ask for something.</summary>
internal static class RequestStories
{
    /// <summary>Somebody creates a request. <paramref name="bound"/>: the number of the rollout that it is meant for; 0 for none.</summary>
    public static Task AskAsync(this ReleaseWorld world, string name, RequestAction action, int bound = 0, string more = "", string by = "jane@example.com")
    {
        var rollout = bound == 0 ? "" : FormattableString.Invariant($", rollout: {{name: delays-{bound}, uid: {world.Rollout(bound)!.Metadata.Uid}}}");
        return world.ApplyAsync($$"""
            apiVersion: mlops-operator.io/v1alpha1
            kind: RolloutRequest
            metadata: {name: {{name}}, namespace: prod}
            spec: {deployment: delays, action: {{action}}, requestedBy: {{by}}, reason: because{{rollout}}{{more}}}
            """);
    }

    /// <summary>The same for the present step of a rollout.</summary>
    public static Task AskForStepAsync(this ReleaseWorld world, string name, RequestAction action, int bound) =>
        world.AskAsync(name, action, bound, FormattableString.Invariant($", step: {world.Rollout(bound)!.Status!.Step.Index + 1}"));

    public static RolloutRequest? Request(this ReleaseWorld world, string name) => world.Read<RolloutRequest>("rolloutrequests", name);

    public static Task AnsweredAsync(this ReleaseWorld world, string name, RequestPhase phase = RequestPhase.Honoured) =>
        world.UntilAsync($"{name} {phase}", () => world.Request(name)?.Status?.Phase == phase, TimeSpan.FromSeconds(30));
}
