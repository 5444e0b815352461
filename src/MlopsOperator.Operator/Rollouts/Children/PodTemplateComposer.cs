using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Rollouts.Children;

/// <summary>
/// Makes the pod template of a revision: the runtime's template, the deployment's overlay, the model's environment and the fetcher. Works on JSON, so
/// that fields of a template that this program does not know are kept.
/// </summary>
internal static class PodTemplateComposer
{
    /// <summary>The pod template, a function of the revision's content alone.</summary>
    public static JsonObject Compose(string deployment, string revision, RevisionContent content, OperatorOptions options)
    {
        var template = content.RuntimeSpec.Template.DeepClone().AsObject();
        var metadata = Member(template, "metadata");
        Merge(Member(metadata, "labels"), content.Template?.Labels);
        Merge(Member(metadata, "labels"), RevisionStore.Labels(deployment, revision));
        if (content.Template?.Annotations is { Count: > 0 } annotations)
        {
            Merge(Member(metadata, "annotations"), annotations);
        }

        var spec = Member(template, "spec");
        spec["automountServiceAccountToken"] ??= false;
        spec["enableServiceLinks"] ??= false;
        OverlayPod(spec, content.Template);

        var containers = spec["containers"] as JsonArray ?? [];
        foreach (var container in containers.OfType<JsonObject>())
        {
            AddModel(container, content);
        }

        if (Server(containers) is { } server)
        {
            OverlayServer(server, content);
        }

        if (content.Model.Artifact.Uri is not null)
        {
            AddFetcher(spec, content, options);
        }

        return template;
    }

    /// <summary>Path of the fetched artifact inside the pod: the mount path and the artifact's own file name.</summary>
    public static string ModelPath(RevisionContent content)
    {
        var uri = content.Model.Artifact.Uri ?? "";
        var name = uri[(uri.LastIndexOf('/') + 1)..];
        return $"{WellKnown.ModelMountPath}/{(name.Length == 0 ? "model" : name)}";
    }

    private static JsonObject? Server(JsonArray containers) =>
        containers.OfType<JsonObject>().FirstOrDefault(container => string.Equals((string?)container["name"], WellKnown.ServerContainer, StringComparison.Ordinal));

    private static void OverlayPod(JsonObject spec, TemplateOverlay? overlay)
    {
        if (overlay?.NodeSelector is { Count: > 0 } selector)
        {
            Merge(Member(spec, "nodeSelector"), selector);
        }

        if (overlay?.Tolerations is { Count: > 0 } tolerations)
        {
            spec["tolerations"] = ToNode(tolerations);
        }

        if (overlay?.Affinity is { } affinity)
        {
            spec["affinity"] = ToNode(affinity);
        }

        if (overlay?.ServiceAccountName is { Length: > 0 } account)
        {
            spec["serviceAccountName"] = account;
        }
    }

    private static void OverlayServer(JsonObject server, RevisionContent content)
    {
        if (content.Template?.Resources is { } resources)
        {
            server["resources"] = ToNode(resources);
        }

        foreach (var variable in content.Template?.Env ?? [])
        {
            SetVariable(server, ToNode(variable)!.AsObject());
        }
    }

    private static void AddModel(JsonObject container, RevisionContent content)
    {
        SetVariable(container, new JsonObject { ["name"] = WellKnown.ModelNameVariable, ["value"] = content.Model.Model });
        SetVariable(container, new JsonObject { ["name"] = WellKnown.ModelVersionVariable, ["value"] = content.Model.Version });
        if (content.Model.Artifact.Uri is null)
        {
            return;
        }

        SetVariable(container, new JsonObject { ["name"] = WellKnown.ModelPathVariable, ["value"] = ModelPath(content) });
        Elements(container, "volumeMounts").Add(
            (JsonNode)new JsonObject { ["name"] = WellKnown.ModelVolume, ["mountPath"] = WellKnown.ModelMountPath, ["readOnly"] = true });
    }

    private static void AddFetcher(JsonObject spec, RevisionContent content, OperatorOptions options)
    {
        var artifact = content.Model.Artifact;
        var arguments = new JsonArray("--uri", artifact.Uri, "--target", ModelPath(content));
        if (artifact.Digest is not null)
        {
            arguments.Add("--digest");
            arguments.Add(artifact.Digest);
        }

        if (artifact.SizeBytes is { } size)
        {
            arguments.Add("--size");
            arguments.Add(size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        // First of the init containers: others of the runtime may look at the model.
        Elements(spec, "initContainers").Insert(0, new JsonObject
        {
            ["name"] = WellKnown.FetcherContainer,
            ["image"] = options.FetcherImage,
            ["args"] = arguments,
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = WellKnown.ModelVolume, ["mountPath"] = WellKnown.ModelMountPath }),
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            },
        });

        var volume = new JsonObject { ["name"] = WellKnown.ModelVolume, ["emptyDir"] = new JsonObject() };
        if (artifact.SizeBytes is { } bytes)
        {
            // Room for the artifact and for its partial copy on a second attempt.
            volume["emptyDir"]!["sizeLimit"] = ((2 * bytes) + (1 << 20)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        Elements(spec, "volumes").Add((JsonNode)volume);
    }

    private static void SetVariable(JsonObject container, JsonObject variable)
    {
        var variables = Elements(container, "env");
        for (var index = variables.Count - 1; index >= 0; index--)
        {
            if (string.Equals((string?)variables[index]?["name"], (string?)variable["name"], StringComparison.Ordinal))
            {
                variables.RemoveAt(index);
            }
        }

        variables.Add((JsonNode)variable);
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject member)
        {
            return member;
        }

        var added = new JsonObject();
        parent[name] = added;
        return added;
    }

    private static JsonArray Elements(JsonObject parent, string name)
    {
        if (parent[name] is JsonArray elements)
        {
            return elements;
        }

        var added = new JsonArray();
        parent[name] = added;
        return added;
    }

    private static void Merge(JsonObject target, IEnumerable<KeyValuePair<string, string>>? values)
    {
        foreach (var (name, value) in values ?? [])
        {
            target[name] = value;
        }
    }

    private static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, ApiJson.Options);
}
