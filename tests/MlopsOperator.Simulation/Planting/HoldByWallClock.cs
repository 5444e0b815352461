using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>B6: decisions go by a wall clock that may be set.</summary>
internal sealed class HoldByWallClock : IPlant
{
    public string Invariant => "I24";

    public bool ByWallClock => true;

    public Func<ReleaseWorld, Task> Story => PlantStories.ClockJumps;
}
