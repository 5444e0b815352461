using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A bug, planted between the operator and the API: the operator's own code stays as it is.</summary>
internal interface IPlant
{
    /// <summary>The invariant that must report it.</summary>
    string Invariant { get; }

    /// <summary>A story in which it shows.</summary>
    Func<ReleaseWorld, Task> Story => PlantStories.Good;

    /// <summary>The definitions that the cluster gets. Where the API itself refuses what the bug does, its rule is taken away: the invariants are the second net.</summary>
    string Definitions(string definitions) => definitions;

    /// <summary>Whether two processes compete for the Lease in its story.</summary>
    bool Elects => false;

    /// <summary>Whether the operator takes the time from the wall clock of its machine as it is.</summary>
    bool ByWallClock => false;

    /// <summary>How long a request waits below the fence, after which nobody asks again whether it may be sent.</summary>
    TimeSpan WaitsBeforeSending(TransportRequest request) => TimeSpan.Zero;

    /// <summary>The requests that are sent in place of one of the operator's, in order; the last one's answer is the operator's.</summary>
    IEnumerable<TransportRequest> Send(TransportRequest request) => [request];

    /// <summary>What the bug changes between the operator and the gateways, or in them.</summary>
    void Meddle(ScriptedGateways gateways)
    {
    }

    /// <summary>What is sent anew because of an answer; null leaves the answer.</summary>
    TransportRequest? Again(TransportRequest request, TransportResponse answer) => null;
}
