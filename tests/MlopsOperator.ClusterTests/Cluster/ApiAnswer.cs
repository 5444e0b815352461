using System.Text.Json.Nodes;

namespace MlopsOperator.ClusterTests.Cluster;

/// <summary>An answer of the API server.</summary>
internal sealed record ApiAnswer(string Request, int Status, string Text)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Text)!;

    /// <summary>The object of a success.</summary>
    public JsonObject Successful() => Status is 200 or 201 ? Json : throw new InvalidOperationException(FormattableString.Invariant($"{Request}: {Status} {Text}"));
}
