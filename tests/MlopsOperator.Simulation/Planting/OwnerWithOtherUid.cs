using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B5: a child is owned by name; the UID is that of an object that is gone.</summary>
internal sealed class OwnerWithOtherUid : IPlant
{
    public string Invariant => "I32";

    public IEnumerable<TransportRequest> Send(TransportRequest request) => request.IsChild()
        ? [request.Changed(child => child["metadata"]!["ownerReferences"]![0]!["uid"] = "00000000-0000-0000-0000-000000000001")]
        : [request];
}
