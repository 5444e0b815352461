using System.IO.Compression;
using System.Text.Json.Nodes;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Tests.Traffic;

public sealed class FlightRowsTests
{
    private const string Header =
        "time,origin,destination,hour,weekday,origin_region,distance,inbound_delay,outbound_delay,destination_delay,network_delay,route_last,route_week,route_daily,behind_usual,behind_stale,arrival_delay";

    [Fact]
    public async Task A_row_is_a_request_of_twelve_values_in_the_order_of_the_models_input()
    {
        var row = (await ReadAsync(Header, "2001-03-08T05:41,SAT,DFW,5.68,1,south,247,-1.5,2,-8,-0.6,3,8,15.4,2,99,98")).Should().ContainSingle().Which;

        row.Route.Should().Be("SAT-DFW");
        var input = JsonNode.Parse(row.Body)!["inputs"]!.AsArray().Should().ContainSingle().Which!;
        ((string)input["name"]!).Should().Be("features");
        ((string)input["datatype"]!).Should().Be("FP32");
        input["shape"]!.ToJsonString().Should().Be("[1,12]");
        input["data"]!.ToJsonString().Should().Be("[5.68,1,2,247,-1.5,2,-8,-0.6,3,8,15.4,2]");
    }

    [Theory]
    [InlineData("northeast", "0")]
    [InlineData("midwest", "1")]
    [InlineData("south", "2")]
    [InlineData("mountain", "3")]
    [InlineData("pacific", "4")]
    [InlineData("", "null")]
    [InlineData("atlantis", "null")]
    public async Task A_region_is_its_code_and_an_unknown_one_is_missing(string region, string code)
    {
        var row = (await ReadAsync(Header, $"2001-03-08T05:41,SAT,DFW,5.68,1,{region},247,,,-8,-0.6,,8,15.4,2,2,-8"))[0];

        JsonNode.Parse(row.Body)!["inputs"]![0]!["data"]!.ToJsonString().Should().Be($"[5.68,1,{code},247,null,null,-8,-0.6,null,8,15.4,2]");
    }

    [Fact]
    public async Task Rows_before_March_were_trained_on_and_are_left_out() =>
        (await ReadAsync(Header, Row("2001-02-28", "A"), Row("2001-03-01", "B"))).Select(row => row.Route).Should().Equal("B-DFW");

    [Fact]
    public async Task Rows_are_shuffled_within_their_month_the_same_each_time()
    {
        string[] lines = [Header, .. Enumerable.Range(0, 40).Select(number => Row(number < 20 ? "2001-03-01" : "2001-04-01", FormattableString.Invariant($"{number:00}")))];
        var file = lines.Skip(1).Select(line => line.Split(',')[1] + "-DFW").ToList();

        var first = (await ReadAsync(lines)).Select(row => row.Route).ToList();
        var second = (await ReadAsync(lines)).Select(row => row.Route).ToList();

        first.Should().Equal(second).And.NotEqual(file);
        first.Take(20).Should().BeEquivalentTo(file.Take(20));
        first.Skip(20).Should().BeEquivalentTo(file.Skip(20));
    }

    [Theory]
    [InlineData("route_week")]
    [InlineData("origin")]
    [InlineData("time")]
    public async Task A_file_without_a_column_is_refused_by_its_name(string column)
    {
        var read = () => ReadAsync(Header.Replace(column + ",", "", StringComparison.Ordinal));

        (await read.Should().ThrowAsync<InvalidDataException>()).WithMessage($"*flights.csv.gz has no column '{column}'.");
    }

    [Fact]
    public async Task An_empty_file_and_one_that_is_not_compressed_are_refused()
    {
        var empty = () => ReadAsync();
        await empty.Should().ThrowAsync<InvalidDataException>().WithMessage("*is empty.");

        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Path("plain.csv.gz"), Header, TestContext.Current.CancellationToken);
        var plain = () => FlightRows.ReadAsync(folder.Path("plain.csv.gz"), TestContext.Current.CancellationToken);
        await plain.Should().ThrowAsync<InvalidDataException>();
    }

    [Theory]
    [InlineData("2001-03-08T05:41,SAT,DFW")]
    [InlineData("x")]
    public async Task A_line_that_is_cut_off_is_refused_with_its_number(string line)
    {
        var read = () => ReadAsync(Header, Row("2001-03-01", "A"), line);

        await read.Should().ThrowAsync<InvalidDataException>().WithMessage("*flights.csv.gz, line 3: *");
    }

    [Fact]
    public async Task The_samples_own_data_can_be_read()
    {
        var rows = await FlightRows.ReadAsync(DemoPlaces.Find().Data, TestContext.Current.CancellationToken);

        rows.Should().HaveCountGreaterThan(10_000);
        rows.Take(300).Should().AllSatisfy(row => JsonNode.Parse(row.Body)!["inputs"]![0]!["data"]!.AsArray().Should().HaveCount(12));
    }

    private static string Row(string day, string origin) => $"{day}T05:41,{origin},DFW,5.68,1,south,247,,,-8,-0.6,,8,15.4,2,2,-8";

    private static async Task<IReadOnlyList<FlightRow>> ReadAsync(params string[] lines)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("flights.csv.gz");
        await using (var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        await using (var writer = new StreamWriter(zip))
        {
            foreach (var line in lines)
            {
                await writer.WriteLineAsync(line);
            }
        }

        return await FlightRows.ReadAsync(path, TestContext.Current.CancellationToken);
    }
}
