using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>POST, PUT and PATCH. The pipeline holds the store's gate meanwhile.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectWriter writer)
{
    public ApiResponse Create(ApiRequest request, ResourceTarget target)
    {
        var context = Context(request, target, "CreateOptions");
        var body = ManifestReader.Read(request, target.Kind);
        var result = writer.Create(context, Stored(target.Kind, body));
        return Answer(context, result);
    }

    public ApiResponse Update(ApiRequest request, ResourceTarget target)
    {
        var context = Context(request, target, "UpdateOptions");
        var body = ManifestReader.Read(request, target.Kind);
        CheckName(target, body);
        var live = Live(target);
        return Answer(context, writer.Replace(context, live, Stored(target.Kind, body)));
    }

    public ApiResponse Patch(ApiRequest request, ResourceTarget target)
    {
        var context = Context(request, target, "PatchOptions");
        var type = request.ContentType.Split(';')[0].Trim();
        var live = Live(target);
        var view = Views.Of(target.Kind, live.Copy());
        JsonNode? changed = type switch
        {
            "application/merge-patch+json" => MergePatch.Apply(view, JsonBytes.ParseObject(request.Body)),
            "application/json-patch+json" => JsonPatch.Apply(view, JsonBytes.Parse(request.Body)),
            _ => throw Statuses.UnsupportedMediaType($"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
        };
        var content = changed as JsonObject ?? throw Statuses.BadRequest("the patch leaves no object");
        CheckName(target, content);
        return Answer(context, writer.Replace(context, live, Stored(target.Kind, content)));
    }

    private static WriteContext Context(ApiRequest request, ResourceTarget target, string options)
    {
        var manager = request.Option("fieldManager");
        var dryRun = request.Option("dryRun") switch
        {
            null => false,
            "All" => true,
            var other => throw Statuses.InvalidOption(options, FieldError.NotSupported("dryRun", FieldError.Quote(other), ["All"])),
        };
        var validation = request.Option("fieldValidation") switch
        {
            null or "Warn" => FieldValidation.Warn,
            "Ignore" => FieldValidation.Ignore,
            "Strict" => FieldValidation.Strict,
            var other => throw Statuses.InvalidOption(options, FieldError.NotSupported("fieldValidation", FieldError.Quote(other), ["", "Ignore", "Strict", "Warn"])),
        };
        return new WriteContext(target, manager ?? Managers.Of(request.UserAgent), dryRun, validation);
    }

    private static void CheckName(ResourceTarget target, JsonObject content)
    {
        var name = content.Text("metadata", "name");
        if (!string.IsNullOrEmpty(name) && !string.Equals(name, target.Name, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest($"the name of the object ({name}) does not match the name on the URL ({target.Name})");
        }

        var @namespace = content.Text("metadata", "namespace");
        if (!string.IsNullOrEmpty(@namespace) && target.Namespace is not null && !string.Equals(@namespace, target.Namespace, StringComparison.Ordinal))
        {
            throw Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static JsonObject Stored(ResourceKind kind, JsonObject content) =>
        kind.Is("events.k8s.io", "Event") ? EventViews.ToCore(content) : content;

    private static ApiResponse Answer(WriteContext context, WriteResult result) =>
        ApiResponse.Json(result.Created ? 201 : 200, Views.Of(context.Kind, result.Object), context.Warnings, result.Changed);

    private StoredObject Live(ResourceTarget target) =>
        store.Get(target.Kind.Storage, target.Namespace, target.Name!) ?? throw Statuses.NotFound(target.Kind, target.Name!);
}
