namespace MlopsOperator.Statistics.Tests.Oracles;

public sealed class OracleTests
{
    public static IEnumerable<TheoryDataRow<string>> Vectors() => OracleVector.All.Keys.Select(id => new TheoryDataRow<string>(id));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_function_gives_what_the_reference_gives(string id)
    {
        var vector = OracleVector.All[id];
        OracleFunctions.Covered.Should().ContainKey(vector.Function, "every vector of the fixture is run");

        var got = OracleFunctions.Covered[vector.Function].Run(vector);

        OracleComparison.Differences(got, vector.Output, vector.Tolerance).Should().BeEmpty();
    }

    [Fact]
    public void Every_covered_function_has_all_its_vectors() =>
        OracleVector.All.Values.CountBy(vector => vector.Function, StringComparer.Ordinal).ToDictionary()
            .Should().Equal(OracleFunctions.Covered.ToDictionary(function => function.Key, function => function.Value.Vectors));
}
