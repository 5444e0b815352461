using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Validation of metadata.</summary>
internal static class MetadataRules
{
    /// <summary>Bytes that all annotations may have together.</summary>
    private const int MaximumAnnotationBytes = 256 * 1024;

    private static readonly HashSet<string> StandardFinalizers = new(StringComparer.Ordinal) { "foregroundDeletion", "orphan", "kubernetes" };

    public static void Validate(ResourceKind kind, JsonObject content, List<FieldError> errors)
    {
        var metadata = content.Metadata();
        Name(kind, metadata, errors);
        foreach (var (key, value) in metadata.Map("labels") ?? [])
        {
            if (Names.LabelKeyError(key) is { } wrongKey)
            {
                errors.Add(FieldError.InvalidText("metadata.labels", key, wrongKey));
            }

            if (Names.LabelValueError(value?.ToString() ?? "") is { } wrongValue)
            {
                errors.Add(FieldError.InvalidText("metadata.labels", value!.ToString(), kind.Is("", "Namespace") ? wrongValue.Replace("characters", "bytes", StringComparison.Ordinal) : wrongValue));
            }
        }

        var bytes = 0;
        foreach (var (key, value) in metadata.Map("annotations") ?? [])
        {
            bytes += key.Length + (value?.ToString().Length ?? 0);
            if (Names.LabelKeyError(key) is { } wrong)
            {
                errors.Add(FieldError.InvalidText("metadata.annotations", key, wrong));
            }
        }

        if (bytes > MaximumAnnotationBytes)
        {
            errors.Add(new FieldError("FieldValueTooLong", "metadata.annotations", "Too long: may not be more than 262144 bytes"));
        }

        Owners(metadata, errors);
        Finalizers(metadata, errors);
    }

    private static void Name(ResourceKind kind, JsonObject metadata, List<FieldError> errors)
    {
        var name = metadata.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required("metadata.name", "name or generateName is required"));
            return;
        }

        var wrong = kind.Kind switch
        {
            "Namespace" => Names.LabelNameError(name),
            "Service" => Names.LabelNameError(name),
            _ when kind.Group.StartsWith("rbac.", StringComparison.Ordinal) => null,
            _ => Names.SubdomainError(name),
        };
        if (wrong is not null)
        {
            errors.Add(FieldError.InvalidText("metadata.name", name, wrong));
        }
    }

    private static void Owners(JsonObject metadata, List<FieldError> errors)
    {
        var owners = metadata.List("ownerReferences")?.OfType<JsonObject>().ToList() ?? [];
        foreach (var owner in owners)
        {
            foreach (var field in new[] { "apiVersion", "kind", "name", "uid" })
            {
                if (owner[field].IsEmptyText())
                {
                    errors.Add(FieldError.InvalidText($"metadata.ownerReferences.{field}", "", "must not be empty"));
                }
            }
        }

        var controllers = owners.Where(o => o.Flag("controller") is true).ToList();
        if (controllers.Count > 1)
        {
            errors.Add(FieldError.Invalid("metadata.ownerReferences", JsonBytes.Text(metadata["ownerReferences"]), $"Only one reference can have Controller set to true. Found \"true\" in references for {Show(controllers[0])} and {Show(controllers[1])}"));
        }
    }

    private static string Show(JsonObject owner) => $"{owner.Text("kind")}/{owner.Text("name")}";

    private static void Finalizers(JsonObject metadata, List<FieldError> errors)
    {
        var finalizers = metadata.List("finalizers")?.Select(f => f?.ToString() ?? "").ToList() ?? [];
        for (var i = 0; i < finalizers.Count; i++)
        {
            var field = FormattableString.Invariant($"metadata.finalizers[{i}]");
            if (Names.LabelKeyError(finalizers[i]) is { } wrong)
            {
                errors.Add(FieldError.InvalidText(field, finalizers[i], wrong));
            }
            else if (!finalizers[i].Contains('/', StringComparison.Ordinal) && !StandardFinalizers.Contains(finalizers[i]))
            {
                errors.Add(FieldError.InvalidText(field, finalizers[i], "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }
    }
}
