using MlopsOperator.Simulation.Weather;

namespace MlopsOperator.Simulation.Tests.Weather;

/// <summary>A few seeds; the program runs many: <c>dotnet run -c Release --project tests/MlopsOperator.Simulation -- --seeds 200</c>.</summary>
public sealed class WeatherTests
{
    [Fact]
    public async Task After_any_weather_all_is_as_the_specs_want_and_each_kind_of_weather_happens()
    {
        var results = await WeatherSweep.RunAsync(Enumerable.Range(1, 20), Environment.ProcessorCount);

        results.Should().HaveCount(20);
        results.Where(result => result.Problem is not null).Should().BeEmpty();
        Occurrences.Sum(results.Select(result => result.Happened)).Where(kind => kind.Value == 0).Should().BeEmpty();
    }

    [Fact]
    public async Task A_seed_is_one_run_and_another_seed_another()
    {
        var once = await WeatherRun.OfAsync(3);
        var again = await WeatherRun.OfAsync(3);
        var other = await WeatherRun.OfAsync(4);

        again.Hash.Should().Be(once.Hash);
        other.Hash.Should().NotBe(once.Hash);
    }
}
