using k8s;
using k8s.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.DevCluster;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Operator.Tests.Requests;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Deployments;

/// <summary>The operator asks for exactly the rights that it uses.</summary>
public sealed class OperatorRightsTests
{
    private static readonly string[] WriteVerbs = ["create", "patch", "update", "delete"];

    /// <summary>Granted writes that the stories do not need, each with its reason.</summary>
    private static readonly string[] Exceptions =
    [
        // Asked by an admission plugin (OwnerReferencesPermissionEnforcement), never called.
        "update mlops-operator.io/modeldeployments/finalizers",

        // Finished records go from the eleventh on (DeploymentPlannerTests).
        "delete mlops-operator.io/modelrollouts",

        // Requests go a week after their answer (RequestStoryTests).
        "delete mlops-operator.io/rolloutrequests",

        // An Event that repeats within minutes becomes a series (EventRecorderTests of the runtime); whether one does here is a matter of timing.
        "patch events.k8s.io/events",
    ];

    [Fact]
    public async Task Every_call_of_a_good_and_a_bad_story_is_granted_and_every_granted_write_is_used()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.ApplyAsync("{apiVersion: mlops-operator.io/v1alpha1, kind: ClusterRolloutStrategy, metadata: {name: everywhere}, spec: {canary: {}}}");
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"revisionHistoryLimit":0}}""");
        await RolloutStoryTests.ServesWithHistory(world);

        await world.AskAsync("abort-1", RequestAction.Abort);
        await world.AnsweredAsync("abort-1", RequestPhase.Refused);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the good end", () => world.Rollout(2)?.Status?.Phase == RolloutPhase.Succeeded);
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.UntilAsync("the bad end", () => world.Rollout(3)?.Status?.Phase == RolloutPhase.RolledBack);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the rejected one released", () => world.Rollout(3)!.Spec.Released);
        await world.UntilAsync("old revisions gone", () => world.List("controllerrevisions").Count == 1);

        world.Cluster.Requests.Mark().Should().BeLessThan(10_000, "older requests are not kept");
        var used = world.Cluster.Requests.Since(0).Where(IsOperators).SelectMany(Rights).ToHashSet(StringComparer.Ordinal);
        var granted = Granted();
        used.Should().Contain(["list apps/deployments", "watch apps/deployments", "update mlops-operator.io/modelrollouts/status"], "the requests are read as they are meant");
        used.Except(granted, StringComparer.Ordinal).Should().BeEmpty("the ClusterRole grants every call");
        granted.Should().Contain(Exceptions, "an exception is from something");
        granted.Where(right => WriteVerbs.Contains(right.Split(' ')[0], StringComparer.Ordinal)).Except(used, StringComparer.Ordinal).Except(Exceptions, StringComparer.Ordinal)
            .Should().BeEmpty("nothing else is granted that is not used");
    }

    [Fact]
    public void The_ClusterRole_grants_what_the_attributes_of_the_classes_ask_for_and_nothing_else()
    {
        var asked = Expand(RbacRules.Of(typeof(ModelOperatorServices).Assembly, RbacRules.OfRuntime));

        asked.Except(Granted(), StringComparer.Ordinal).Should().BeEmpty("deploy/manifests/10-operator-rights.yaml must grant what [EntityRbac] asks for");
        Granted().Except(asked, StringComparer.Ordinal).Should().BeEmpty("deploy/manifests/10-operator-rights.yaml must grant nothing that no [EntityRbac] asks for");
    }

    private static bool IsOperators(RequestRecord request) =>
        request.Manager is "operator" or "event-recorder" || request.Manager.StartsWith("mlops-operator-", StringComparison.Ordinal);

    /// <summary>The rights that a request needs: verb, group and resource. Reads of a collection count as list and watch, as the record has no query.</summary>
    private static IEnumerable<string> Rights(RequestRecord request)
    {
        var (resource, name) = Target(request.Path);
        string[] verbs = (request.Method, name) switch
        {
            ("GET", null) => ["list", "watch"],
            ("GET", _) => ["get"],
            ("POST", _) => ["create"],
            ("PUT", _) => ["update"],
            ("DELETE", _) => ["delete"],

            // An apply that makes the object is asked for both.
            ("PATCH", _) when request.Status == 201 => ["patch", "create"],
            ("PATCH", _) => ["patch"],
            _ => throw new InvalidOperationException($"no verb for {request.Method} {request.Path}"),
        };
        return verbs.Select(verb => $"{verb} {resource}");
    }

    /// <summary>Group and resource with subresource, and the name if there is one.</summary>
    private static (string Resource, string? Name) Target(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts[0] == "api" ? ("", parts[2..]) : (parts[1], parts[3..]);
        if (rest is ["namespaces", _, _, ..])
        {
            rest = rest[2..];
        }

        return ($"{group}/{string.Join('/', rest.Where((_, index) => index != 1))}", rest.Length > 1 ? rest[1] : null);
    }

    private static HashSet<string> Granted()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "manifests", "10-operator-rights.yaml"));
        var role = KubernetesYaml.LoadAllFromString(text).OfType<V1ClusterRole>().Single();
        return Expand(role.Rules);
    }

    private static HashSet<string> Expand(IEnumerable<V1PolicyRule> rules) =>
    [
        .. from rule in rules
           from @group in rule.ApiGroups
           from resource in rule.Resources
           from verb in rule.Verbs
           select $"{verb} {@group}/{resource}",
    ];
}
