using System.Diagnostics;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Tests.Testing;

namespace MlopsOperator.ControllerRuntime.Tests.Watching;

public sealed class ScaleTests
{
    /// <summary>Proof 27.</summary>
    [Fact]
    public void Ten_thousand_objects_take_less_than_60_MB_and_are_reconciled_within_30_seconds()
    {
        using var world = new World();
        for (var i = 0; i < 10_000; i++)
        {
            world.Server.PutJson("widgets", Large(i));
        }

        world.Server.Collection("widgets").History.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        world.Start();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
        world.Controller.Calls.Distinct(StringComparer.Ordinal).Should().HaveCount(10_000);
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024;
        TestContext.Current.TestOutputHelper!.WriteLine($"{World.Text(grown)} MB, {World.Text(watch.Elapsed.TotalSeconds)} s");
        grown.Should().BeLessThan(60);
    }

    private static JsonObject Large(int number)
    {
        var json = MlopsOperator.ControllerRuntime.Serialization.KubernetesSerializer.ToJsonObject(Widget.Numbered(number));
        json["spec"]!["count"] = number;
        json["spec"]!["notes"] = new string('n', 2500);
        json["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["fieldsV1"] = new string('f', 1500) });
        return json;
    }
}
