using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>What users do to a deployment, at random.</summary>
internal static class UserActions
{
    private static readonly string[] Versions = ["delays-v1", "delays-v2", "delays-v3"];

    /// <summary>One action.</summary>
    public static async Task ActAsync(ReleaseWorld world, Random random, Occurrences occurrences)
    {
        if (world.Deployment is null)
        {
            occurrences.Add("user creates the deployment");
            await CreateAsync(world, Versions[random.Next(3)]);
            return;
        }

        switch (random.Next(10))
        {
            case < 5:
                occurrences.Add("user wants a version");
                Patch(world, "{\"modelVersionRef\":{\"name\":\"" + Versions[random.Next(3)] + "\"}}");
                break;
            case 5:
                occurrences.Add("user pauses");
                Patch(world, random.Next(2) == 0 ? """{"paused":true}""" : """{"paused":false}""");
                break;
            case 6:
                occurrences.Add("user scales");
                world.Try("PATCH", "modeldeployments", "delays/scale", FormattableString.Invariant($"{{\"spec\":{{\"replicas\":{random.Next(1, 5)}}}}}"));
                break;
            case 7:
                occurrences.Add("user edits the strategy");
                world.Try("PATCH", "rolloutstrategies", "quick", FormattableString.Invariant($"{{\"spec\":{{\"bake\":\"{random.Next(1, 40)}s\"}}}}"));
                break;
            case 8:
                occurrences.Add("user deletes the route");
                world.Try("DELETE", "gatewayroutes", "delays");
                break;
            default:
                occurrences.Add("user deletes the deployment");
                world.Try("DELETE", "modeldeployments", "delays");
                break;
        }
    }

    /// <summary>What must be so for a release to go on: the deployment is there and nobody has paused it.</summary>
    public static async Task EndAsync(ReleaseWorld world)
    {
        if (world.Deployment is null)
        {
            await CreateAsync(world, Versions[0]);
        }

        Patch(world, """{"paused":false}""");
    }

    private static void Patch(ReleaseWorld world, string spec) => world.Try("PATCH", "modeldeployments", "delays", "{\"spec\":" + spec + "}");

    private static async Task CreateAsync(ReleaseWorld world, string version)
    {
        world.Trace.Add(world.Time.Elapsed, $"user creates the deployment of {version}");
        await world.ApplyAsync($$"""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: delays, namespace: prod}
            spec:
              modelVersionRef: {name: {{version}}}
              replicas: 2
              strategyRef: {name: quick}
            """);
    }
}
