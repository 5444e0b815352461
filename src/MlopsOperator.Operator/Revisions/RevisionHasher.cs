using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Revisions;

namespace MlopsOperator.Operator.Revisions;

/// <summary>
/// Names revisions. The input hash is over what a user wrote (version digest, template, runtimeRef); the revision hash adds the runtime's content, so
/// that an edited runtime is taken up by the next revision but starts none by itself.
/// </summary>
internal static class RevisionHasher
{
    /// <summary>Version of the hash. A change of what is hashed raises it; older revisions keep their names.</summary>
    public const int HashVersion = 1;

    /// <summary>Hash over the user's normalised input. The name of the ModelVersion is not in it: the same digest under a new name is the same revision.</summary>
    public static string InputHash(ModelVersionSpec model, TemplateOverlay? template, RuntimeReference? runtime)
    {
        var artifact = new JsonObject { ["digest"] = model.Artifact.Digest };
        if (model.Artifact.Digest is null)
        {
            artifact["uri"] = model.Artifact.Uri;
            artifact["version"] = model.Version;
        }

        return NameHash.Of(new JsonObject
        {
            ["hashVersion"] = HashVersion,
            ["model"] = model.Model,
            ["format"] = ToNode(model.Format),
            ["artifact"] = artifact,
            ["template"] = ToNode(template),
            ["runtimeRef"] = ToNode(runtime),
        });
    }

    /// <summary>The content of a new revision.</summary>
    public static RevisionContent Content(ModelVersion version, TemplateOverlay? template, RuntimeReference? reference, ClusterModelRuntime runtime) => new()
    {
        HashVersion = HashVersion,
        InputHash = InputHash(version.Spec, template, reference),
        ModelVersion = version.Metadata.Name,
        Model = version.Spec,
        Runtime = runtime.Metadata.Name,
        RuntimeSpec = runtime.Spec,
        Template = template,
    };

    /// <summary>Hash over input and runtime content: the name of the revision.</summary>
    public static string RevisionHash(RevisionContent content) => NameHash.Of(new JsonObject
    {
        ["input"] = content.InputHash,
        ["runtime"] = ToNode(content.RuntimeSpec),
    });

    private static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, ApiJson.Options);
}
