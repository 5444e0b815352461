using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A field selector: name and namespace of every kind, and a few fields of some kinds.</summary>
internal sealed class FieldSelector
{
    public static readonly FieldSelector Everything = new([]);

    private readonly IReadOnlyList<(string Field, bool Equal, string Value)> terms;

    private FieldSelector(IReadOnlyList<(string, bool, string)> terms) => this.terms = terms;

    public bool IsEverything => terms.Count == 0;

    public static FieldSelector Parse(string? text, ResourceKind kind)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        var parsed = new List<(string, bool, string)>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (field, equal, value) = Split(part, text);
            if (!Supported(kind, field))
            {
                throw Statuses.BadRequest($"field label not supported: {field}");
            }

            parsed.Add((field, equal, value));
        }

        return new FieldSelector(parsed);
    }

    public bool Matches(JsonObject manifest) =>
        terms.All(term => string.Equals(Read(manifest, term.Field), term.Value, StringComparison.Ordinal) == term.Equal);

    private static (string Field, bool Equal, string Value) Split(string part, string text)
    {
        foreach (var sign in new[] { "!=", "==", "=" })
        {
            var at = part.IndexOf(sign, StringComparison.Ordinal);
            if (at >= 0)
            {
                return (part[..at], sign[0] != '!', part[(at + sign.Length)..]);
            }
        }

        throw Statuses.BadRequest($"invalid selector: '{text}'; can't understand '{part}'");
    }

    private static bool Supported(ResourceKind kind, string field) => field switch
    {
        "metadata.name" => true,
        "metadata.namespace" => kind.Namespaced,
        _ when kind.Custom is { } custom => custom.SelectableFields.Contains(field, StringComparer.Ordinal),
        _ => kind.Kind switch
        {
            "Pod" => field is "spec.nodeName" or "spec.restartPolicy" or "spec.schedulerName" or "spec.serviceAccountName" or "spec.hostNetwork" or "status.phase" or "status.podIP" or "status.nominatedNodeName",
            "Secret" => field is "type",
            "Namespace" => field is "status.phase",
            "Node" => field is "spec.unschedulable",
            "Job" => field is "status.successful",
            "ReplicaSet" => field is "status.replicas",
            "Service" => field is "spec.clusterIP" or "spec.type",
            "Event" => field is "reason" or "type" or "reportingComponent" or "reportingController" or "source" or "regarding.kind" or "regarding.namespace" or "regarding.name" or "regarding.uid" || field.StartsWith("involvedObject.", StringComparison.Ordinal),
            _ => false,
        },
    };

    private static string Read(JsonObject manifest, string field)
    {
        if (field.StartsWith("regarding.", StringComparison.Ordinal))
        {
            field = "involvedObject" + field["regarding".Length..];
        }

        if (string.Equals(field, "source", StringComparison.Ordinal))
        {
            return manifest.Text("source", "component") ?? "";
        }

        if (string.Equals(field, "status.successful", StringComparison.Ordinal))
        {
            // Named so by the API; the field is status.succeeded, and none is 0.
            return (manifest.Number("status", "succeeded") ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return manifest.At(field.Split('.')) is JsonValue value ? value.ToString() : "";
    }
}
