using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A rollout takes the number of a former one.</summary>
internal sealed class NumberUsedAgain : IPlant
{
    public string Invariant => "I18";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.Method is "POST" && request.PathAndQuery.Contains("/modelrollouts", StringComparison.Ordinal) && request.Json().Number() > 1
        ? [request.Changed(rollout => rollout["spec"]!["number"] = 1)]
        : [request];
}
