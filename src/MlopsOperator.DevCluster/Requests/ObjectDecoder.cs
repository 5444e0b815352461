using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Makes what a client sent an object of its kind: unknown fields go, defaults come.</summary>
internal static class ObjectDecoder
{
    public static void Decode(WriteContext context, JsonObject content, bool isPatch = false)
    {
        var kind = context.Kind;
        CheckKind(kind, content, isPatch);
        if (kind.Custom is null && GoTypes.Error(content, kind.Schema, kind.Kind) is { } error)
        {
            throw isPatch ? PatchError(content, error) : Statuses.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {error}");
        }

        var unknown = new List<string>();
        var sent = isPatch ? content.Copy() : content;
        Pruning.Prune(content, kind.Schema, "", unknown);
        if (kind.Custom is not null)
        {
            unknown.Sort(StringComparer.Ordinal);
        }

        Report(context, sent, unknown, isPatch);
        Default(kind, content);
    }

    /// <summary>Fills in the defaults of a kind.</summary>
    public static void Default(ResourceKind kind, JsonObject content)
    {
        if (kind.Custom is not null)
        {
            Defaulting.Apply(content, kind.Schema);
            return;
        }

        BuiltInRules.Default(kind, content);
        var resetsOwnership = content.At("metadata", "managedFields") is JsonArray { Count: 0 };
        Pruning.DropEmpty(content, kind.Schema);
        if (resetsOwnership)
        {
            content.Metadata()["managedFields"] = new JsonArray();
        }
    }

    private static void CheckKind(ResourceKind kind, JsonObject content, bool isPatch)
    {
        content.Default("apiVersion", kind.ApiVersion);
        content.Default("kind", kind.Kind);
        var (version, name) = (content.Text("apiVersion"), content.Text("kind"));
        if (string.Equals(version, kind.ApiVersion, StringComparison.Ordinal) && string.Equals(name, kind.Kind, StringComparison.Ordinal))
        {
            return;
        }

        if (isPatch)
        {
            throw PatchError(content, $"the patch may not change kind {kind.Kind} and apiVersion {kind.ApiVersion}");
        }

        throw Statuses.BadRequest(string.Equals(version, kind.ApiVersion, StringComparison.Ordinal)
            ? $"{name} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: converting ({kind.Version}.{name}) to (core.{kind.Kind}): unknown conversion"
            : $"{name} in version \"{version}\" cannot be handled as a {kind.Kind}: no kind \"{name}\" is registered for version \"{version}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }

    private static void Report(WriteContext context, JsonObject sent, List<string> unknown, bool isPatch)
    {
        if (unknown.Count == 0 || context.FieldValidation == FieldValidation.Ignore)
        {
            return;
        }

        var texts = unknown.Select(path => $"unknown field \"{path}\"").ToList();
        if (context.FieldValidation == FieldValidation.Warn)
        {
            context.Warnings.AddRange(texts);
            return;
        }

        var error = $"strict decoding error: {string.Join(", ", texts)}";
        throw isPatch ? PatchError(sent, error)
            : Statuses.BadRequest($"{context.Kind.Kind} in version \"{context.Kind.Version}\" cannot be handled as a {context.Kind.Kind}: {error}");
    }

    private static StatusException PatchError(JsonObject content, string error) =>
        Statuses.Invalid("", "", "", [FieldError.InvalidText("patch", JsonBytes.Text(content), error)]);
}
