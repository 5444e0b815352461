using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What clients saw must not be worse than what a bad version itself answered.</summary>
internal static class ClientErrors
{
    /// <summary>The gateway's answers where a pod has closed its door, and where there is no pod.</summary>
    private const int ConnectionRefused = 502;
    private const int NoEndpoint = 503;

    /// <summary>Errors that a version did not answer, in a sentence; null if there are none.</summary>
    public static string? BeyondThoseOf(string version, TrafficLog traffic) =>
        traffic.UnexpectedErrors(version) is { Count: > 0 } unexpected ? $"Clients saw errors that {version} did not answer: {string.Join(", ", unexpected)}." : null;

    /// <summary>Errors other than the gateway's refusals while nothing serves, in a sentence; null if there are none.</summary>
    public static string? BeyondRefusals(TrafficLog traffic) => traffic.Statuses()
        .Where(answer => answer.Status is not (200 or ConnectionRefused or NoEndpoint))
        .Select(answer => FormattableString.Invariant($"{answer.Count} × status {answer.Status} (0: no answer) from {answer.Version}"))
        .ToList() is { Count: > 0 } unexpected
        ? $"Clients saw errors other than refusals while nothing served: {string.Join(", ", unexpected)}."
        : null;
}
