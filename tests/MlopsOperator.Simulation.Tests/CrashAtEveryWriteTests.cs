using MlopsOperator.Simulation.Crashes;
using MlopsOperator.Simulation.Scenarios;

namespace MlopsOperator.Simulation.Tests;

/// <summary>
/// Every class of writes in one way each; the ways take turns. The program runs them in all ways: <c>dotnet run -c Release --project
/// tests/MlopsOperator.Simulation -- crash</c>.
/// </summary>
public sealed class CrashAtEveryWriteTests
{
    public static TheoryData<string> Scenarios => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_release_ends_the_same_whichever_write_is_disturbed(string name)
    {
        var wanted = await CrashRun.UndisturbedAsync(AllScenarios.Named(name));
        var disturbances = CrashSweep.OneWayEach(wanted, withShared: name is "canary-good");

        var failures = await CrashSweep.RunAsync(wanted, disturbances, Environment.ProcessorCount);

        disturbances.Should().HaveCountGreaterThan(10);
        failures.Should().BeEmpty();
    }

    [Fact]
    public async Task Of_each_class_of_writes_one_is_disturbed()
    {
        var wanted = await CrashRun.UndisturbedAsync(CanaryGood.Scenario);

        var thinned = CrashSweep.Thinned(wanted, withShared: true).Select(run => run.Write.Class).Distinct();

        thinned.Should().BeEquivalentTo(wanted.Writes.Select(write => write.Class).Distinct());
    }
}
