using CsCheck;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Tests.Evidence;

public sealed class CounterDeltasTests
{
    private static readonly Gen<Dictionary<int, double>> Scrape = Gen.Dictionary(Gen.Int[0, 5], Gen.OneOf(Gen.Int[0, 9].Select(count => (double)count), Gen.Const(double.NaN)))[0, 5];

    [Fact]
    public void Differences_are_never_negative_nor_invalid_whatever_was_scraped() => Gen.Select(Scrape, Scrape).Sample((previous, current) =>
        CounterDeltas.Between(previous, current, "a", "a").Deltas?.Values.All(delta => delta >= 0) ?? true);

    [Fact]
    public void Differences_of_scrapes_add_up_to_what_was_counted() => Gen.Int[0, 9].Array[1, 20].Sample(steps =>
    {
        var (counter, previous, sum) = (0.0, new Dictionary<string, double>(StringComparer.Ordinal), 0.0);
        foreach (var step in steps)
        {
            counter += step;
            var current = new Dictionary<string, double>(StringComparer.Ordinal) { ["n"] = counter };
            sum += CounterDeltas.Between(previous, current, "a", "a").Deltas!["n"];
            previous = current;
        }

        return sum == steps.Sum();
    });

    [Fact]
    public void After_an_invalid_counter_nothing_is_counted_from_it() =>
        CounterDeltas.Between(new Dictionary<string, double>(StringComparer.Ordinal) { ["n"] = double.NaN }, new Dictionary<string, double>(StringComparer.Ordinal) { ["n"] = 5 }, "a", "a")
            .Should().Be((null, CounterDeltas.Reset));
}
