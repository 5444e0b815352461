using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Json;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Waiting;

namespace MlopsOperator.Cli.Views;

/// <summary>A release for programs. A field may come; none goes or changes its meaning without another version.</summary>
internal static class ReleaseJson
{
    private const string Version = "cli.mlops-operator.io/v1";

    public static JsonObject Of(Release release, int most = int.MaxValue) => new()
    {
        ["apiVersion"] = Version,
        ["kind"] = "Release",
        ["state"] = ReleaseStates.Of(release).ToString(),
        ["next"] = new JsonArray([.. NextCommands.Of(release).Select(command => JsonValue.Create(command))]),
        ["deployment"] = JsonSerializer.SerializeToNode(release.Deployment, ApiJson.Options),
        ["rollouts"] = new JsonArray([.. release.Rollouts.Take(most).Select(rollout => JsonSerializer.SerializeToNode(rollout, ApiJson.Options))]),
    };
}
