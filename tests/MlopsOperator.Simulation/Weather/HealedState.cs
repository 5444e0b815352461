using System.Text.Json.Nodes;
using MlopsOperator.Simulation.Comparison;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>What must be so some time after the last fault: that which the specs want, and nothing else.</summary>
internal static class HealedState
{
    /// <summary>Whether what serves is as the specs want it. What nobody owns any more may still be there.</summary>
    public static bool HasConverged(ReleaseWorld world) => ProblemsOfRelease(world).Count == 0;

    /// <summary>What is not as the specs want it, and what nobody owns.</summary>
    public static IReadOnlyList<string> Problems(ReleaseWorld world) => [.. ProblemsOfRelease(world), .. FinalState.Orphans(world)];

    private static List<string> ProblemsOfRelease(ReleaseWorld world)
    {
        if (world.Deployment is not { Status: { Stable: { } stable } status } deployment)
        {
            return ["no stable version"];
        }

        var problems = new List<string>();
        Check(status.ObservedGeneration == deployment.Metadata.Generation, "the newest spec has not been seen");
        Check(status.Candidate is null, $"candidate {status.Candidate?.ModelVersion} is left");
        var rollouts = world.List("modelrollouts").OfType<JsonObject>().ToList();
        Check(rollouts.TrueForAll(rollout => rollout["status"]?["finishedAt"] is not null), "a rollout is not over");

        var wanted = deployment.Spec.ModelVersionRef?.Name;
        var rejected = status.Rejected?.Any(entry => entry.ModelVersion == wanted) == true;
        Check(stable.ModelVersion == wanted || rejected, $"{wanted} is wanted and not rejected, and {stable.ModelVersion} serves");
        Check(world.Route?.Spec.Backends is [{ Weight: 10_000 } only] && only.ModelVersion == stable.ModelVersion, $"the route does not lead to {stable.ModelVersion} alone");

        var revisions = Revisions("deployments");
        Check(revisions is [var left] && left == stable.Revision, $"Deployments of {string.Join(", ", revisions)} are there instead of that of {stable.Revision}");
        var services = Revisions("services").Where(revision => revision.Length > 0).ToList();
        Check(services is [var service] && service == stable.Revision, $"Services of {string.Join(", ", services)} are there instead of that of {stable.Revision}");
        var pods = Revisions("pods");
        Check(pods.Count == deployment.Spec.Replicas && pods.TrueForAll(pod => pod == stable.Revision), FormattableString.Invariant($"{pods.Count} pods are there instead of {deployment.Spec.Replicas}"));
        return problems;

        List<string> Revisions(string plural) => [.. world.List(plural).Select(item => (string?)item!["metadata"]!["labels"]?["mlops-operator.io/revision"] ?? "")];

        void Check(bool holds, string otherwise)
        {
            if (!holds)
            {
                problems.Add(otherwise);
            }
        }
    }
}
