using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Validation of pod specs.</summary>
internal static class PodRules
{
    public static void Validate(JsonObject? spec, string path, List<FieldError> errors)
    {
        var containers = spec.List("containers")?.OfType<JsonObject>().ToList() ?? [];
        if (containers.Count == 0)
        {
            errors.Add(FieldError.Required($"{path}.containers"));
        }

        var volumes = spec.List("volumes")?.OfType<JsonObject>().Select(v => v.Text("name") ?? "").ToHashSet(StringComparer.Ordinal) ?? [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (list, items) in new[] { ("initContainers", spec.List("initContainers")?.OfType<JsonObject>().ToList() ?? []), ("containers", containers) })
        {
            for (var i = 0; i < items.Count; i++)
            {
                Container(items[i], FormattableString.Invariant($"{path}.{list}[{i}]"), volumes, names, errors);
            }
        }

        if (spec.Text("restartPolicy") is { } policy and not ("Always" or "OnFailure" or "Never"))
        {
            errors.Add(FieldError.NotSupported($"{path}.restartPolicy", FieldError.Quote(policy), ["Always", "OnFailure", "Never"]));
        }
    }

    private static void Container(JsonObject container, string path, HashSet<string> volumes, HashSet<string> names, List<FieldError> errors)
    {
        var name = container.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.name"));
        }
        else if (Names.LabelNameError(name) is { } wrong)
        {
            errors.Add(FieldError.InvalidText($"{path}.name", name, wrong));
        }
        else if (!names.Add(name))
        {
            errors.Add(FieldError.Duplicate($"{path}.name", FieldError.Quote(name)));
        }

        if (container["image"].IsEmptyText())
        {
            errors.Add(FieldError.Required($"{path}.image"));
        }

        Ports(container, path, errors);
        var mounts = container.List("volumeMounts")?.OfType<JsonObject>().ToList() ?? [];
        for (var i = 0; i < mounts.Count; i++)
        {
            if (mounts[i].Text("name") is { } volume && !volumes.Contains(volume))
            {
                errors.Add(new FieldError("FieldValueNotFound", FormattableString.Invariant($"{path}.volumeMounts[{i}].name"), $"Not found: {FieldError.Quote(volume)}"));
            }
        }
    }

    private static void Ports(JsonObject container, string path, List<FieldError> errors)
    {
        var ports = container.List("ports")?.OfType<JsonObject>().ToList() ?? [];
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].Number("containerPort") is not (>= 1 and <= 65_535))
            {
                errors.Add(FieldError.Invalid(FormattableString.Invariant($"{path}.ports[{i}].containerPort"), JsonBytes.Text(ports[i]["containerPort"]), "must be between 1 and 65535, inclusive"));
            }
        }
    }
}
