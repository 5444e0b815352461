using System.Globalization;
using System.Text;
using MlopsOperator.Api.Values;
using MlopsOperator.Gateway.Assignment;

namespace MlopsOperator.Gateway.Tests.Assignment;

public sealed class BucketsTests
{
    private const int Units = 200_000;

    /// <summary>Computed with another implementation of HMAC-SHA-256 (Python's hmac).</summary>
    [Theory]
    [InlineData("salt", "user-1", 4604)]
    [InlineData("salt", "user-2", 8000)]
    [InlineData("models/delays/7", "user-1", 697)]
    [InlineData("", "user-1", 534)]
    [InlineData("sält", "üser ✓", 5097)]
    [InlineData("a", "bc", 8047)]
    [InlineData("ab", "c", 677)]
    public void A_unit_has_the_bucket_of_its_golden_vector(string salt, string unit, int bucket) => Of(salt, unit).Should().Be(bucket);

    [Fact]
    public void A_unit_longer_than_the_stack_buffer_has_the_bucket_of_its_golden_vector() => Of("salt", new string('x', 1_000)).Should().Be(3108);

    [Fact]
    public void Sequential_units_fill_all_buckets_evenly()
    {
        var counts = new double[Weights.Total];
        foreach (var bucket in Assign("salt"))
        {
            counts[bucket]++;
        }

        const double Expected = (double)Units / Weights.Total;
        var chiSquare = counts.Sum(count => (count - Expected) * (count - Expected) / Expected);

        // Mean 9,999, standard deviation 141: five of them to either side.
        chiSquare.Should().BeInRange(9_294, 10_704);
    }

    [Fact]
    public void Salts_are_independent_so_that_rollouts_do_not_meet_the_same_users()
    {
        var first = Assign("exp0");
        for (var salt = 1; salt <= 20; salt++)
        {
            var other = Assign("exp" + salt.ToString(CultureInfo.InvariantCulture));
            var both = first.Zip(other).Count(pair => pair.First < 1_000 && pair.Second < 1_000);

            // 1 % of the units, standard deviation 44.5: five of them to either side.
            both.Should().BeInRange(1_777, 2_223, "salt {0}", salt);
        }
    }

    [Fact]
    public void PD_98_Raising_the_weight_only_adds_units()
    {
        var buckets = Assign("salt");
        var owned = new HashSet<int>();
        foreach (var weight in new[] { 0, 1, 100, 1_000, 5_000, 9_999, 10_000 })
        {
            var now = Enumerable.Range(0, Units).Where(unit => buckets[unit] < weight).ToHashSet();
            owned.IsSubsetOf(now).Should().BeTrue();
            owned = now;
        }

        owned.Should().HaveCount(Units);
    }

    [Fact]
    public void Random_buckets_stay_in_range() =>
        Enumerable.Range(0, 10_000).Select(_ => Buckets.Random()).Should().OnlyContain(bucket => bucket >= 0 && bucket < Weights.Total);

    private static int Of(string salt, string unit) => Buckets.Of(Encoding.UTF8.GetBytes(salt), unit);

    private static int[] Assign(string salt)
    {
        var key = Encoding.UTF8.GetBytes(salt);
        return [.. Enumerable.Range(0, Units).Select(unit => Buckets.Of(key, unit.ToString(CultureInfo.InvariantCulture)))];
    }
}
