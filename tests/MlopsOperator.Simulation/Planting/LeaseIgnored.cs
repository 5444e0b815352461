using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>Gateways serve a candidate on though nobody scrapes them.</summary>
internal sealed class LeaseIgnored : IPlant
{
    public string Invariant => "I41";

    public Func<ReleaseWorld, Task> Story => PlantStories.Unjudged;

    public void Meddle(ScriptedGateways gateways) => gateways.IgnoreLeases = true;
}
