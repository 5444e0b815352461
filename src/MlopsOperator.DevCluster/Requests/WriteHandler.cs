using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>POST, PUT and PATCH. The pipeline holds the store's gate meanwhile.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectWriter writer)
{
    private readonly ApplyHandler applies = new(store, writer);
    private readonly ScaleHandler scales = new(writer);

    public ApiResponse Create(ApiRequest request, ResourceTarget target)
    {
        var context = WriteContext.Of(request, target, "CreateOptions");
        var body = ManifestReader.Read(request, target.Kind);
        CheckNamespace(target, body);
        ObjectDecoder.Decode(context, body);
        if (target.Kind.StoredOnly)
        {
            context.Warnings.Add($"this embedded cluster stores {target.Kind.Plural} but nothing acts on them");
        }

        return Answer(context, writer.Create(context, Views.Stored(target.Kind, body)));
    }

    public ApiResponse Update(ApiRequest request, ResourceTarget target)
    {
        var context = WriteContext.Of(request, target, "UpdateOptions");
        if (context.IsScale)
        {
            return scales.Write(context, Live(target), _ => JsonBytes.ParseObject(request.Body));
        }

        var body = ManifestReader.Read(request, target.Kind);
        CheckName(target, body);
        ObjectDecoder.Decode(context, body);
        return Answer(context, writer.Replace(context, Live(target), Views.Stored(target.Kind, body)));
    }

    public ApiResponse Patch(ApiRequest request, ResourceTarget target)
    {
        var type = request.ContentType.Split(';')[0].Trim();
        var context = WriteContext.Of(request, target, "PatchOptions");
        if (type is "application/apply-patch+yaml")
        {
            return applies.Apply(request, context);
        }

        if (request.Option("force") is not null)
        {
            throw Statuses.InvalidOption("PatchOptions", FieldError.Forbidden("force", "may not be specified for non-apply patch"));
        }

        Func<JsonObject, JsonNode?> patch = type switch
        {
            "application/merge-patch+json" => manifest => MergePatch.Apply(manifest, ParsePatch(request)),
            "application/json-patch+json" => manifest => JsonPatch.Apply(manifest, JsonBytes.Parse(request.Body)),
            "application/strategic-merge-patch+json" when target.Kind.Custom is null => throw Statuses.UnsupportedMediaType("this embedded cluster has no strategic merge patch: use a merge patch, or kubectl apply --server-side; accepted media types: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
            "application/json" => throw Statuses.UnsupportedMediaType("415: Unsupported Media Type"),
            _ => throw Statuses.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
        };
        var live = Live(target);
        if (context.IsScale)
        {
            return scales.Write(context, live, scale => patch(scale) as JsonObject ?? scale);
        }

        var content = patch(Views.Of(target.Kind, live.Copy())) as JsonObject ?? throw Statuses.BadRequest("the patch leaves no object");
        CheckPatched(context, live, content);
        ObjectDecoder.Decode(context, content, isPatch: true);
        return Answer(context, writer.Replace(context, live, Views.Stored(target.Kind, content)));
    }

    /// <summary>GET of scale.</summary>
    public ApiResponse GetScale(ResourceTarget target) => ApiResponse.Json(200, ScaleHandler.View(target.Kind, Live(target).Copy()));

    private static JsonObject ParsePatch(ApiRequest request) =>
        JsonBytes.Parse(request.Body) as JsonObject ?? throw Statuses.BadRequest("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");

    private static void CheckPatched(WriteContext context, StoredObject live, JsonObject content)
    {
        CheckName(context.Target, content);
        var metadata = content.Metadata();
        if (metadata.Text("uid") is { Length: > 0 } uid && !string.Equals(uid, live.Uid, StringComparison.Ordinal))
        {
            var error = FieldError.InvalidText("metadata.uid", uid, "field is immutable");
            throw Statuses.InvalidTwice(context.Kind, live.Name, error);
        }
    }

    private static void CheckName(ResourceTarget target, JsonObject content)
    {
        var name = content.Text("metadata", "name");
        if (!string.IsNullOrEmpty(name) && !string.Equals(name, target.Name, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest($"the name of the object ({name}) does not match the name on the URL ({target.Name})");
        }

        if (string.IsNullOrEmpty(name))
        {
            content.Metadata()["name"] = target.Name;
        }

        CheckNamespace(target, content);
    }

    private static void CheckNamespace(ResourceTarget target, JsonObject content)
    {
        var @namespace = content.Text("metadata", "namespace");
        if (!string.IsNullOrEmpty(@namespace) && target.Namespace is not null && !string.Equals(@namespace, target.Namespace, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static ApiResponse Answer(WriteContext context, WriteResult result) =>
        ApiResponse.Json(result.Created ? 201 : 200, Views.Of(context.Kind, result.Object), context.Warnings, result.Changed);

    private StoredObject Live(ResourceTarget target) =>
        store.Get(target.Kind.Storage, target.Namespace, target.Name!) ?? throw Statuses.NotFound(target.Kind, target.Name!);
}
