using System.Text.Json.Nodes;
using MlopsOperator.Api;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>A pod as the API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address; empty until it has one.</param>
/// <param name="Revision">Revision of a model deployment that it serves; empty for others.</param>
/// <param name="IsReady">Whether it takes traffic.</param>
/// <param name="Restarts">How often its containers were started again.</param>
internal sealed record SeenPod(string Name, string Address, string Revision, bool IsReady, int Restarts)
{
    /// <summary>Reads a pod.</summary>
    public static SeenPod Of(JsonNode pod) => new(
        (string)pod["metadata"]!["name"]!,
        (string?)pod["status"]?["podIP"] ?? "",
        (string?)pod["metadata"]!["labels"]?[WellKnown.RevisionLabel] ?? "",
        pod["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["type"] is "Ready" && (string?)condition["status"] is "True") is true,
        pod["status"]?["containerStatuses"]?.AsArray().Sum(status => (int?)status!["restartCount"] ?? 0) ?? 0);
}
