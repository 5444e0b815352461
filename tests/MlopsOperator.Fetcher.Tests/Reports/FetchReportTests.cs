using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Fetcher.Reports;

namespace MlopsOperator.Fetcher.Tests.Reports;

public sealed class FetchReportTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    [InlineData('"')]
    [InlineData('\u0001')]
    public void A_report_is_one_line_of_at_most_a_kibibyte(char letter)
    {
        var text = new string(letter, 10_000);
        var report = new FetchReport { Reason = "ArtifactMismatch", Uri = "file:///" + text, Expected = text, Got = Digest, Bytes = long.MaxValue, Message = text };

        var line = report.ToLine();

        Encoding.UTF8.GetByteCount(line).Should().BeLessThanOrEqualTo(1024);
        line.Should().NotContain("\n");
        var parsed = JsonNode.Parse(line)!;
        ((string?)parsed["reason"]).Should().Be("ArtifactMismatch");
        ((string?)parsed["got"]).Should().Be(Digest);
    }

    [Fact]
    public void What_is_not_known_is_left_out() =>
        new FetchReport { Reason = "InvalidArgument", Message = "m" }.ToLine().Should().Be("""{"reason":"InvalidArgument","message":"m"}""");
}
