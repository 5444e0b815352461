using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Operator.Evidence.Parsing;

namespace MlopsOperator.Operator.Tests.Evidence.Blocks;

public sealed class TelemetryReaderTests
{
    [Fact]
    public void A_sample_holds_sequence_counters_flights_and_which_start_they_are_of()
    {
        var sample = Samples.Of(new GatewayText("s7").Sequence(12).Requests("a", "200", 5).Requests("a", "503", 1).InFlight("a", 3).Durations("a", 4, 6), 30);

        sample.Should().Match<RouteSample>(s => s.StartId == "s7" && s.Sequence == 12 && s.Problem == null && s.Began == Samples.Start.AddSeconds(30));
        sample.Counters[CounterKey.OfOutcome("a", "503")].Should().Be(1);
        sample.Counters[CounterKey.OfBucket("a", 4)].Should().Be(6, "buckets are not cumulative here");
        sample.Counters[CounterKey.OfBucket("a", 65)].Should().Be(0);
        sample.InFlight.Should().Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = 3 });
    }

    [Fact]
    public void Other_routes_and_other_series_are_passed_over()
    {
        byte[] text = [.. new GatewayText(route: "shop/other").Sequence(3).Requests("a", "nonsense", 5).ToUtf8(), .. "process_cpu_seconds_total 5\n"u8];

        var sample = TelemetryReader.Read(text, [Samples.Route], Samples.Start, Samples.Start).Samples[Samples.Route];

        sample.Should().Match<RouteSample>(s => s.Sequence == null && s.Problem == null && s.Counters.Count == 0);
    }

    [Fact]
    public void An_answer_that_does_not_say_which_start_it_is_of_is_refused()
    {
        var reading = () => TelemetryReader.Read("mlops_route_sequence{route=\"shop/delays\"} 1\n"u8, [Samples.Route], Samples.Start, Samples.Start);

        reading.Should().Throw<PrometheusFormatException>().WithMessage("mlops_start_id is missing*");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1.5)]
    [InlineData(double.PositiveInfinity)]
    public void A_sequence_that_is_no_whole_number_is_none(double sequence) => Samples.Of(new GatewayText().Sequence(sequence)).Sequence.Should().BeNull();

    [Fact]
    public void Series_that_appear_twice_are_a_problem()
    {
        Samples.Of(new GatewayText().Requests("a", "200", 1).Requests("a", "200", 2)).Problem.Should().Be(DropReasons.InvalidCounter);
        Samples.Of(new GatewayText().Sequence(1).Sequence(1)).Problem.Should().Be(DropReasons.InvalidCounter);
        Samples.Of(new GatewayText().AtOrBelow("a", "1", 1).AtOrBelow("a", "1", 1)).Problem.Should().Be(DropReasons.InvalidCounter);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void A_counter_that_is_no_count_is_a_problem(double count) =>
        Samples.Of(new GatewayText().Requests("a", "200", count)).Problem.Should().Be(DropReasons.InvalidCounter);

    [Fact]
    public void A_histogram_that_falls_is_a_problem() =>
        Samples.Of(new GatewayText().Durations("a", 4, 6).Durations("b", 4, double.NaN)).Problem.Should().Be(DropReasons.InvalidCounter);

    [Fact]
    public void A_histogram_over_other_edges_is_no_histogram_of_ours()
    {
        var coarse = new GatewayText().Requests("a", "200", 5).AtOrBelow("a", "0.1", 3).AtOrBelow("a", "1", 4).AtOrBelow("a", "+Inf", 5).AtOrBelow("a", "often", 5);

        Samples.Of(coarse).Counters.Keys.Should().OnlyContain(key => key.Bucket < 0);
        Samples.Of(coarse).Problem.Should().BeNull();
    }

    [Theory]
    [InlineData("200", true, false)]
    [InlineData("404", true, false)]
    [InlineData("499", true, false)]
    [InlineData("500", true, true)]
    [InlineData("599", true, true)]
    [InlineData("broken", true, true)]
    [InlineData("cancelled", false, false)]
    [InlineData("malformed", false, false)]
    public void An_outcome_is_a_request_an_error_or_neither(string code, bool request, bool error)
    {
        Outcome.IsKnown(code).Should().BeTrue();
        (Outcome.IsRequest(code), Outcome.IsError(code)).Should().Be((request, error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("5xx")]
    [InlineData("2000")]
    [InlineData("exploded")]
    public void An_outcome_that_is_not_known_is_a_problem(string code) =>
        Samples.Of(new GatewayText().Requests("a", code, 1)).Problem.Should().Be(DropReasons.UnknownOutcome);
}
