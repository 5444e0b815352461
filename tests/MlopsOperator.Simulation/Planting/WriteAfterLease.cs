using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B18: an Event passes the fence, waits for longer than the Lease lasts, and is then sent without asking again.</summary>
internal sealed class WriteAfterLease : IPlant
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(25);

    private bool _done;

    public string Invariant => "I34";

    public bool Elects => true;

    public Func<ReleaseWorld, Task> Story => PlantStories.LeaderChange;

    public TimeSpan WaitsBeforeSending(TransportRequest request)
    {
        if (_done || request.Method is not "POST" || !request.PathAndQuery.Contains("/events", StringComparison.Ordinal) || request.Body.Span.IndexOf("\"delays-2\""u8) < 0)
        {
            return TimeSpan.Zero;
        }

        _done = true;
        return Wait;
    }
}
