using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>An entry of managedFields.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string ApiVersion, string? Subresource, string? Time, FieldSet Fields)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public bool IsApply => string.Equals(Operation, Apply, StringComparison.Ordinal);

    /// <summary>Whether two entries are of the same manager in the same role.</summary>
    public bool Is(ManagerEntry other) =>
        string.Equals(Manager, other.Manager, StringComparison.Ordinal)
        && string.Equals(Operation, other.Operation, StringComparison.Ordinal)
        && string.Equals(Subresource, other.Subresource, StringComparison.Ordinal)
        && (IsApply || string.Equals(ApiVersion, other.ApiVersion, StringComparison.Ordinal));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["manager"] = Manager, ["operation"] = Operation, ["apiVersion"] = ApiVersion };
        if (Time is not null)
        {
            json["time"] = Time;
        }

        json["fieldsType"] = "FieldsV1";
        json["fieldsV1"] = Fields.ToJson();
        if (Subresource is not null)
        {
            json["subresource"] = Subresource;
        }

        return json;
    }

    /// <summary>As conflicts name it.</summary>
    public string Describe()
    {
        var text = $"\"{Manager}\"";
        if (Subresource is not null)
        {
            text += $" with subresource \"{Subresource}\"";
        }

        return IsApply ? text : $"{text} using {ApiVersion}";
    }
}
