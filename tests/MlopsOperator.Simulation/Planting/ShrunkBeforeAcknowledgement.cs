using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B4: a candidate is shrunk as soon as it is found bad.</summary>
internal sealed class ShrunkBeforeAcknowledgement : IPlant
{
    public string Invariant => "I5";

    public Func<ReleaseWorld, Task> Story => PlantStories.Bad;

    private bool _done;

    public IEnumerable<TransportRequest> Send(TransportRequest request)
    {
        yield return request;
        if (!_done && request.IsRecord() && request.Json() is var record && record.Phase() is "RollingBack")
        {
            _done = true;
            var child = $"{(string?)record["spec"]!["deployment"]}-{(string?)record["spec"]!["to"]!["revision"]}";
            yield return Requests.MergePatch($"/apis/apps/v1/namespaces/prod/deployments/{child}", """{"spec":{"replicas":0}}""");
            throw new TransportException("the answer to the record is lost");
        }
    }
}
