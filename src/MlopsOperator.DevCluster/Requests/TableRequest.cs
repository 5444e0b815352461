using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A client that wants rows to print instead of objects.</summary>
internal sealed record TableRequest(string IncludeObject)
{
    /// <summary>Null if the client did not ask for a Table.</summary>
    public static TableRequest? Of(ApiRequest request)
    {
        if (!request.Accept.Contains("as=Table", StringComparison.Ordinal) || !request.Accept.Contains("g=meta.k8s.io", StringComparison.Ordinal))
        {
            return null;
        }

        return request.Option("includeObject") switch
        {
            null or "Metadata" => new TableRequest("Metadata"),
            "Object" => new TableRequest("Object"),
            "None" => new TableRequest("None"),
            var other => throw Statuses.BadRequest($"Unable to convert to Table as requested: includeObject: Invalid value: {FieldError.Quote(other)}: must be 'Metadata', 'Object', 'None', or empty"),
        };
    }

    public ApiResponse Answer(ResourceKind kind, IReadOnlyList<JsonObject> items, long revision, TimeProvider time, int status, string? @continue = null, long? remaining = null)
    {
        var table = Table(kind, items, time, withColumns: true);
        var metadata = table.Metadata();
        metadata["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        if (@continue is not null)
        {
            metadata["continue"] = @continue;
        }

        if (remaining is { } count)
        {
            metadata["remainingItemCount"] = count;
        }

        return ApiResponse.Json(status, table);
    }

    public JsonObject Table(ResourceKind kind, IReadOnlyList<JsonObject> items, TimeProvider time, bool withColumns)
    {
        var columns = Columns.Of(kind);
        var now = time.GetUtcNow();
        var rows = new JsonArray();
        foreach (var item in items)
        {
            rows.Add(new JsonObject
            {
                ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(item, now))]),
                ["object"] = Shown(item),
            });
        }

        var metadata = new JsonObject();
        if (items is [var only] && only.Text("metadata", "resourceVersion") is { } revision)
        {
            metadata["resourceVersion"] = revision;
        }

        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = withColumns ? new JsonArray([.. columns.Select(column => column.ToJson())]) : null,
            ["rows"] = rows,
        };
    }

    private JsonObject? Shown(JsonObject item) => IncludeObject switch
    {
        "None" => null,
        "Object" => item,
        _ => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item["metadata"]?.DeepClone() },
    };
}
