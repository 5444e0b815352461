using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A candidate is promoted as soon as it has requests.</summary>
internal sealed class PromotedUnproved : IPlant
{
    public string Invariant => "I20";

    private bool _exposed;

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        if (!request.IsRecord() || request.Json() is not { } record || record.Phase() is not "Progressing")
        {
            return [request];
        }

        if (!_exposed)
        {
            _exposed = true;
            return [request];
        }

        record["status"]!["phase"] = "Promoting";
        return [request.With(record)];
    }
}
