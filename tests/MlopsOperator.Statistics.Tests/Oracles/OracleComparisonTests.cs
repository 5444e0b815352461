using System.Text.Json.Nodes;

namespace MlopsOperator.Statistics.Tests.Oracles;

/// <summary>The comparison that all vectors rest on can fail.</summary>
public sealed class OracleComparisonTests
{
    [Theory]
    [InlineData(1.0 + 2e-9, "1")]
    [InlineData(double.NaN, "1")]
    [InlineData(double.PositiveInfinity, "\"-Infinity\"")]
    [InlineData(null, "1")]
    [InlineData(1.0, "null")]
    [InlineData("Pass", "\"Fail\"")]
    [InlineData("1", "1")]
    [InlineData(new[] { 1.0, 2 }, "[1]")]
    [InlineData(new[] { 1.0, 2 }, "[2,1]")]
    [InlineData(1.0, "{\"a\":1}")]
    public void A_difference_is_seen(object? got, string wanted) =>
        OracleComparison.Differences(got, JsonNode.Parse(wanted), 1e-9).Should().NotBeEmpty();

    [Theory]
    [InlineData(1.0 + 5e-10, "1")]
    [InlineData(1e12 + 100, "1e12")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(null, "null")]
    [InlineData(new[] { 1.0, 2 }, "[1,2]")]
    public void What_is_near_enough_is_equal(object? got, string wanted) =>
        OracleComparison.Differences(got, JsonNode.Parse(wanted), 1e-9).Should().BeEmpty();
}
