using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>The operator's requests, as planted bugs see them.</summary>
internal static class Requests
{
    private const string Ours = "/apis/mlops-operator.io/v1alpha1/namespaces/prod";

    public static bool IsRoute(this TransportRequest request) => request.Method is "PATCH" && request.PathAndQuery.Contains("/gatewayroutes/", StringComparison.Ordinal);

    public static bool IsRecord(this TransportRequest request) => request.Method is "PUT" && request.PathAndQuery.Contains("/modelrollouts/", StringComparison.Ordinal);

    public static bool IsDeploymentStatus(this TransportRequest request) => request.Method is "PUT" && request.PathAndQuery.Contains("/modeldeployments/", StringComparison.Ordinal);

    public static bool IsChild(this TransportRequest request) => request.Method is "PATCH" && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal);

    public static JsonObject Json(this TransportRequest request) => JsonNode.Parse(request.Body.Span)!.AsObject();

    public static TransportRequest With(this TransportRequest request, JsonObject body) => request with { Body = JsonSerializer.SerializeToUtf8Bytes(body) };

    /// <summary>The request with a body that was changed.</summary>
    public static TransportRequest Changed(this TransportRequest request, Action<JsonObject> change)
    {
        var body = request.Json();
        change(body);
        return request.With(body);
    }

    /// <summary>The request again, on the version that its answer tells.</summary>
    public static TransportRequest On(this TransportRequest request, TransportResponse answer)
    {
        var version = JsonNode.Parse(answer.Body.Span)!["metadata"]!["resourceVersion"]!.GetValue<string>();
        return request.Changed(body => body["metadata"]!["resourceVersion"] = version);
    }

    public static TransportRequest MergePatch(string path, string body) => new("PATCH", path, System.Text.Encoding.UTF8.GetBytes(body), "application/merge-patch+json");

    /// <summary>Path of an object of ours.</summary>
    public static string Path(string plural, string? name = null) => $"{Ours}/{plural}{(name is null ? "" : "/" + name)}";

    public static string Phase(this JsonObject record) => (string?)record["status"]?["phase"] ?? "Pending";

    public static int Number(this JsonObject record) => record["spec"]!["number"]!.GetValue<int>();

    /// <summary>Sets the weights of a record.</summary>
    public static void Weigh(this JsonObject record, int candidate) =>
        record["status"]!["weights"] = new JsonObject { ["stable"] = 10_000 - candidate, ["candidate"] = candidate };

    public static IEnumerable<JsonObject> Backends(this JsonObject route) => route["spec"]!["backends"]!.AsArray().Select(backend => backend!.AsObject());
}
