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

    [Theory]
    [InlineData("salt", "user-1", 6143)]
    [InlineData("models/delays/7", "user-1", 6867)]
    [InlineData("sält", "üser ✓", 8557)]
    public void A_unit_has_the_mirror_bucket_of_its_golden_vector(string salt, string unit, int bucket) => Buckets.OfMirror(Encoding.UTF8.GetBytes(salt), unit).Should().Be(bucket);

    [Fact]
    public void Who_is_mirrored_is_drawn_independently_of_who_gets_the_candidate()
    {
        var key = Encoding.UTF8.GetBytes("salt");
        var units = Enumerable.Range(0, 10_000).Select(unit => "user-" + unit.ToString(CultureInfo.InvariantCulture)).ToList();
        var mirrored = units.Where(unit => Buckets.OfMirror(key, unit) < 2_500).ToList();

        // 2,500 and 250, standard deviations 43.3 and 15.6: five of them to either side.
        mirrored.Count.Should().BeInRange(2_284, 2_716);
        mirrored.Count(unit => Buckets.Of(key, unit) < 1_000).Should().BeInRange(172, 328);
    }

    [Fact]
    public void The_longest_unit_has_a_mirror_bucket_too() =>
        Buckets.OfMirror("salt"u8, new string('x', Limits.UnitLength)).Should().BeInRange(0, Weights.Total - 1);

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
