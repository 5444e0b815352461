using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>CustomResourceDefinitions: their defaults, validation and status, and the kinds they make.</summary>
internal static class Definitions
{
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static void Default(JsonObject definition)
    {
        var spec = definition.Ensure("spec");
        var names = spec.Ensure("names");
        names.Default("singular", names.Text("kind")?.ToLowerInvariant());
        names.Default("listKind", names.Text("kind") is { } kind ? kind + "List" : null);
        spec.Ensure("conversion").Default("strategy", "None");
        foreach (var version in spec.List("versions")?.OfType<JsonObject>() ?? [])
        {
            foreach (var column in version.List("additionalPrinterColumns")?.OfType<JsonObject>() ?? [])
            {
                if (column.Number("priority") == 0)
                {
                    column.Remove("priority");
                }
            }
        }
    }

    /// <summary>Accepts names and establishes at once: there is nobody else to ask.</summary>
    public static void Prepare(JsonObject definition, JsonObject? old, string now)
    {
        var status = definition.Ensure("status");
        if (old is null || status.List("conditions") is not { Count: > 0 })
        {
            status["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
        }

        status["acceptedNames"] = definition.At("spec", "names")?.DeepClone();
        var storage = Versions(definition).FirstOrDefault(v => v.Flag("storage") is true).Text("name");
        status.Default("storedVersions", new JsonArray(storage));
    }

    public static JsonObject Condition(string type, string reason, string message, string now) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };

    public static void Validate(JsonObject definition, List<FieldError> errors)
    {
        var wanted = $"{definition.Text("spec", "names", "plural")}.{definition.Text("spec", "group")}";
        if (!string.Equals(definition.Text("metadata", "name"), wanted, StringComparison.Ordinal))
        {
            errors.Add(FieldError.InvalidText("metadata.name", definition.Text("metadata", "name") ?? "", "must be spec.names.plural+\".\"+spec.group"));
        }

        if (definition.Text("spec", "conversion", "strategy") is "Webhook")
        {
            errors.Add(FieldError.NotSupported("spec.conversion.strategy", "\"Webhook\"", ["None"]));
        }

        var versions = Versions(definition).ToList();
        if (versions.Count(v => v.Flag("storage") is true) != 1)
        {
            errors.Add(FieldError.Invalid("spec.versions", "[]", "must have exactly one version marked as storage version"));
        }

        for (var i = 0; i < versions.Count; i++)
        {
            // The server names a schema that all versions share by its old place.
            var path = versions.Count == 1 ? "spec.validation.openAPIV3Schema" : FormattableString.Invariant($"spec.versions[{i}].schema.openAPIV3Schema");
            if (versions[i].Map("schema", "openAPIV3Schema") is not { } schema)
            {
                errors.Add(FieldError.Required(path, "schemas are required"));
                continue;
            }

            StructuralRules.Validate(schema, path, errors);
        }
    }

    /// <summary>The kinds that a definition serves.</summary>
    public static IReadOnlyList<ResourceKind> Kinds(JsonObject definition) =>
        [.. Versions(definition).Where(v => v.Flag("served") is true).Select(version => Kind(definition, version))];

    private static IEnumerable<JsonObject> Versions(JsonObject definition) => definition.List("spec", "versions")?.OfType<JsonObject>() ?? [];

    private static ResourceKind Kind(JsonObject definition, JsonObject version)
    {
        var group = definition.Text("spec", "group")!;
        var names = definition.Map("spec", "names")!;
        var openApi = version.Map("schema", "openAPIV3Schema") ?? [];
        var scale = version.Map("subresources", "scale");
        return new ResourceKind(group, version.Text("name")!, names.Text("plural")!, names.Text("kind")!, definition.Text("spec", "scope") is not "Cluster", () => CustomSchemas.ReadRoot(openApi))
        {
            Singular = names.Text("singular") ?? "",
            ListKind = names.Text("listKind") ?? names.Text("kind") + "List",
            ShortNames = [.. names.List("shortNames")?.Select(n => n!.ToString()) ?? []],
            Categories = [.. names.List("categories")?.Select(n => n!.ToString()) ?? []],
            HasStatus = version.Map("subresources", "status") is not null,
            Scale = scale is null ? null : new ScalePaths(scale.Text("specReplicasPath") ?? "", scale.Text("statusReplicasPath") ?? "", scale.Text("labelSelectorPath")),
            CountsGenerations = true,
            NeedsResourceVersion = true,
            Subresources = scale is null ? [] : [new Subresource("scale", "autoscaling", "v1", "Scale", ["get", "patch", "update"])],
            Custom = new CustomKind(
                definition.Text("metadata", "name")!,
                [.. version.List("additionalPrinterColumns")?.OfType<JsonObject>() ?? []],
                [.. version.List("selectableFields")?.Select(f => f.Text("jsonPath")?.TrimStart('.') ?? "") ?? []],
                openApi,
                definition.Text("metadata", "deletionTimestamp") is not null),
        };
    }
}
