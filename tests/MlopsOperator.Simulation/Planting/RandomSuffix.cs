using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B13: a child gets a name that is not derived.</summary>
internal sealed class RandomSuffix : IPlant
{
    public string Invariant => "I33";

    private int _made;

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        if (!request.IsChild())
        {
            return [request];
        }

        var name = request.Json()["metadata"]!["name"]!.GetValue<string>();
        var other = FormattableString.Invariant($"{name}-{++_made}");
        return [request.Changed(child => child["metadata"]!["name"] = other) with { PathAndQuery = request.PathAndQuery.Replace(name, other, StringComparison.Ordinal) }];
    }
}
