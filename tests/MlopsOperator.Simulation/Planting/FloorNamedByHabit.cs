using System.Text.Json.Nodes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>Scrapes go on naming the last floor, though no decision about the rollout comes through.</summary>
internal sealed class FloorNamedByHabit : IPlant
{
    public string Invariant => "I41";

    public Func<ReleaseWorld, Task> Story => PlantStories.CutOff;

    private JsonNode? _last;

    public void Meddle(ScriptedGateways gateways) => gateways.Scraping = body =>
    {
        var scrape = JsonNode.Parse(body)!;
        _last = scrape["floors"]?.DeepClone() ?? _last;
        scrape["floors"] = _last?.DeepClone();
        return scrape["floors"] is null ? body : scrape.ToJsonString();
    };
}
