using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;
using YamlDotNet.Core;

namespace MlopsOperator.Cli.Linting;

/// <summary>Holds manifests against the operator's own rules, without a cluster. Other groups' objects are left out; a kind of ours that no user writes is a problem.</summary>
internal static class ManifestLint
{
    private static readonly Dictionary<string, Func<JsonNode, IReadOnlyList<Problem>>> Rules = new(StringComparer.Ordinal)
    {
        [ModelVersion.KubeKind] = manifest => ModelVersionRules.Check(Read<ModelVersion>(manifest)),
        [ClusterModelRuntime.KubeKind] = manifest => ModelRuntimeRules.Check(Read<ClusterModelRuntime>(manifest)),
        [ModelDeployment.KubeKind] = manifest => ModelDeploymentRules.Check(Read<ModelDeployment>(manifest)),
        [RolloutStrategy.KubeKind] = manifest => RolloutStrategyRules.Check(Read<RolloutStrategy>(manifest)),
        [ClusterRolloutStrategy.KubeKind] = manifest => RolloutStrategyRules.Check(Read<ClusterRolloutStrategy>(manifest)),
        [RolloutRequest.KubeKind] = manifest => RolloutRequestRules.Check(Read<RolloutRequest>(manifest)),
    };

    public static IReadOnlyList<LintFinding> Check(string file, TextReader yaml)
    {
        try
        {
            return [.. YamlJson.Read(yaml).SelectMany(manifest => Check(file, manifest))];
        }
        catch (YamlException error)
        {
            return [new LintFinding(file, "", $"no YAML: {error.Message}")];
        }
    }

    private static IEnumerable<LintFinding> Check(string file, JsonNode? manifest)
    {
        if (manifest is not JsonObject document || Text(document["apiVersion"])?.StartsWith(ApiGroup.Name + "/", StringComparison.Ordinal) != true)
        {
            return [];
        }

        var (kind, name) = (Text(document["kind"]) ?? "", Text((document["metadata"] as JsonObject)?["name"]) ?? "");
        var subject = $"{kind} {name}";
        if (!Rules.TryGetValue(kind, out var rules))
        {
            return [new LintFinding(file, subject, $"kind: found \"{kind}\"; expected one of {string.Join(", ", Rules.Keys.Order(StringComparer.Ordinal))}")];
        }

        try
        {
            return rules(document).Select(problem => new LintFinding(file, subject, problem.ToString()));
        }
        catch (JsonException error)
        {
            return [new LintFinding(file, subject, $"{error.Path?.TrimStart('$', '.')}: {error.Message}")];
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static T Read<T>(JsonNode manifest) => manifest.Deserialize<T>(ApiJson.Options) ?? throw new JsonException("expected an object");
}
