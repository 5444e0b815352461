using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Models;

/// <summary>What the pod template of a runtime must be.</summary>
internal static class PodTemplateRules
{
    /// <summary>Checks a pod template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="field">Path of the template.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public static void Check(JsonObject template, string field, ICollection<Problem> problems)
    {
        if (Read(template, field, problems) is not { } pod)
        {
            return;
        }

        var containers = pod.Spec?.Containers ?? [];
        if (!containers.Any(container => string.Equals(container?.Name, WellKnown.ServerContainer, StringComparison.Ordinal)))
        {
            var names = containers.Count == 0 ? null : string.Join(", ", containers.Select(container => container?.Name));
            problems.Add(new Problem($"{field}.spec.containers", names, "a container named server"));
        }

        CheckNames(containers, pod.Spec?.InitContainers ?? [], field, problems);
    }

    private static V1PodTemplateSpec? Read(JsonObject template, string field, ICollection<Problem> problems)
    {
        try
        {
            return template.Deserialize<V1PodTemplateSpec>(ApiJson.Options);
        }
        catch (JsonException error)
        {
            problems.Add(new Problem(field + error.Path?.TrimStart('$'), "another type", "what core/v1 PodTemplateSpec has there"));
            return null;
        }
    }

    private static void CheckNames(IList<V1Container> containers, IList<V1Container> initContainers, string field, ICollection<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { WellKnown.FetcherContainer };
        foreach (var (path, element) in FieldPaths.Elements($"{field}.spec.initContainers", initContainers)
                     .Concat(FieldPaths.Elements($"{field}.spec.containers", containers)))
        {
            var name = ((V1Container)element).Name;
            if (string.IsNullOrEmpty(name))
            {
                problems.Add(new Problem($"{path}.name", null, "the name of the container"));
            }
            else if (!seen.Add(name))
            {
                problems.Add(new Problem($"{path}.name", name, $"a name that no other container has; {WellKnown.FetcherContainer} is the operator's"));
            }
        }
    }
}
