using System.Globalization;
using System.Text;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Parsing;

namespace MlopsOperator.Operator.Tests.Evidence.Parsing;

public sealed class PrometheusTextParserTests
{
    [Theory]
    [InlineData("m 1\n", "m|1")]
    [InlineData("m{} 1\n", "m|1")]
    [InlineData("m{a=\"b\"} 1\n", "m|a=b|1")]
    [InlineData("m{a=\"b\",} 1\n", "m|a=b|1")]
    [InlineData("m{a=\"b\", c=\"d\"} 1\n", "m|a=b|c=d|1")]
    [InlineData("  m\t{ a = \"b\" , c = \"d\" }\t 1  \n", "m|a=b|c=d|1")]
    [InlineData("m{a=\"b\"}1\n", "m|a=b|1")]
    [InlineData("m 1 1700000000000\n", "m|1")]
    [InlineData("m 1 -5\n", "m|1")]
    [InlineData("m 1 1700000000.123\n", "m|1")]
    [InlineData("m{a=\"x\\\"y\"} 1\n", "m|a=x\"y|1")]
    [InlineData("m{a=\"x\\\\\"} 1\n", "m|a=x\\|1")]
    [InlineData("m{a=\"x\\ny\"} 1\n", "m|a=x\ny|1")]
    [InlineData("m{a=\"C:\\dir\"} 1\n", "m|a=C:\\dir|1")]
    [InlineData("m{a=\"}\",b=\"{,=\"} 1\n", "m|a=}|b={,=|1")]
    [InlineData("m{a=\"# EOF\"} 1\n", "m|a=# EOF|1")]
    [InlineData("m{a=\"\"} 1\n", "m|a=|1")]
    [InlineData("m{a=\"Zürich 東京\"} 1\n", "m|a=Zürich 東京|1")]
    [InlineData("m +Inf\n", "m|Infinity")]
    [InlineData("m -Inf\n", "m|-Infinity")]
    [InlineData("m inf\n", "m|Infinity")]
    [InlineData("m NaN\n", "m|NaN")]
    [InlineData("m nan\n", "m|NaN")]
    [InlineData("m 1e3\n", "m|1000")]
    [InlineData("m -1.5E-2\n", "m|-0.015")]
    [InlineData("m +7\n", "m|7")]
    [InlineData("m .5\n", "m|0.5")]
    [InlineData("m 9007199254740993\n", "m|9007199254740992")]
    [InlineData("a:b_c9 1\n", "a:b_c9|1")]
    [InlineData("m 1\r\nn 2\r\n", "m|1;n|2")]
    [InlineData("# HELP m It counts.\n# TYPE m counter\nm 1\n", "m|1")]
    [InlineData("#\n\n  \n# m 5\nm 1\n", "m|1")]
    [InlineData("m 1\n# EOF\n", "m|1")]
    [InlineData("m 1\n# EOF\r\n\n", "m|1")]
    [InlineData("m_bucket{le=\"0.1\"} 8 # {trace_id=\"a b}\"} 0.05 1700000000.1\n", "m_bucket|le=0.1|8")]
    [InlineData("m_total 8 1700000000 # {t=\"1\"} 1\n", "m_total|8")]
    [InlineData("{\"my.metric\"} 1\n", "my.metric|1")]
    [InlineData("{\"my.metric\",a=\"b\"} 1\n", "my.metric|a=b|1")]
    [InlineData("m{\"my.label\"=\"b\"} 1\n", "m|my.label=b|1")]
    [InlineData("{\"m x\", \"l.l\"=\"v\"} 2\n", "m x|l.l=v|2")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public void Rows_are_read_as_prometheus_reads_them(string text, string rows) => Rows(text).Should().Be(rows);

    [Theory]
    [InlineData("m 1", "cut off")]
    [InlineData("m 12\nm 1", "cut off")]
    [InlineData("m\n", "line 1: a number")]
    [InlineData("ok 1\nm{a=\"b\"}\n", "line 2: a number")]
    [InlineData("m one\n", "a number")]
    [InlineData("m 0x1F\n", "a number")]
    [InlineData("m 1_000\n", "a number")]
    [InlineData("m 1,5\n", "a number")]
    [InlineData("m --1\n", "a number")]
    [InlineData("m 1 now\n", "a timestamp")]
    [InlineData("m 1 NaN\n", "a timestamp")]
    [InlineData("m 1 2 3\n", "the end of the line")]
    [InlineData("9m 1\n", "a metric name")]
    [InlineData("{a=\"b\"} 1\n", "a metric name")]
    [InlineData("{} 1\n", "a metric name")]
    [InlineData("{\"\"} 1\n", "an equals sign")]
    [InlineData("{a=\"b\",\"m\"} 1\n", "an equals sign")]
    [InlineData("m{\"n\"} 1\n", "an equals sign")]
    [InlineData("m{a=b} 1\n", "a label value in quotes")]
    [InlineData("m{a=\"b} 1\n", "a label value in quotes")]
    [InlineData("m{a=\"b\\\"} 1\n", "a label value in quotes")]
    [InlineData("m{a=\"b\" c=\"d\"} 1\n", "a comma or a brace")]
    [InlineData("m{a=\"b\"\n", "a comma or a brace")]
    [InlineData("m{,} 1\n", "a label name")]
    [InlineData("m{a=\"b\",,} 1\n", "a label name")]
    [InlineData("m{9=\"b\"} 1\n", "a label name")]
    [InlineData("m{=\"b\"} 1\n", "a label name")]
    [InlineData("m{a=\"b\",a=\"c\"} 1\n", "twice")]
    [InlineData("m 1\n# EOF\nm 2\n", "after # EOF")]
    [InlineData("<html>\n", "a metric name")]
    public void What_is_not_the_format_is_refused_with_its_line_and_what_was_expected(string text, string reason) =>
        Reading(Encoding.UTF8.GetBytes(text)).Should().Throw<PrometheusFormatException>().WithMessage($"*{reason}*");

    [Fact]
    public void Text_that_is_not_utf8_is_refused() =>
        Reading([.. "m{a=\""u8, 0xC3, 0x28, .. "\"} 1\n"u8]).Should().Throw<PrometheusFormatException>().WithMessage("*UTF-8*");

    [Fact]
    public void An_answer_over_8_mebibytes_is_refused_before_it_is_read()
    {
        var text = new byte[EvidenceLimits.AnswerBytes + 1];
        Array.Fill(text, (byte)'\n');

        Reading(text).Should().Throw<PrometheusFormatException>().WithMessage("*8388609 bytes; at most 8388608*");
        Reading(text[1..]).Should().NotThrow();
    }

    [Fact]
    public void More_than_50000_series_are_refused()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("m 1\n", EvidenceLimits.Series)));

        Reading(text).Should().NotThrow();
        Reading([.. text, .. "m 1\n"u8]).Should().Throw<PrometheusFormatException>().WithMessage("*line 50001*more than 50000 series*");
    }

    [Fact]
    public void A_line_over_64_kibibytes_is_refused_even_as_a_comment()
    {
        Reading(Encoding.UTF8.GetBytes("#" + new string('x', EvidenceLimits.LineBytes - 1) + "\n")).Should().NotThrow();
        Reading(Encoding.UTF8.GetBytes("#" + new string('x', EvidenceLimits.LineBytes) + "\n")).Should().Throw<PrometheusFormatException>().WithMessage("*line 1: 65537 bytes*");
    }

    [Fact]
    public void More_than_32_labels_are_refused()
    {
        string Row(int labels) => $"m{{{string.Join(',', Enumerable.Range(0, labels).Select(label => string.Create(CultureInfo.InvariantCulture, $"l{label}=\"v\"")))}}} 1\n";

        Reading(Encoding.UTF8.GetBytes(Row(32))).Should().NotThrow();
        Reading(Encoding.UTF8.GetBytes(Row(33))).Should().Throw<PrometheusFormatException>().WithMessage("*too many labels*");
    }

    [Fact]
    public void Rows_allocate_nothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"mlops_requests_total{{route=\"shop/delays\",revision=\"a1b2c3\",code=\"{row}\"}} {row}.5\n"))));
        Sum(text).Should().Be(10_000 * 9_999.0 / 2 + 5_000);

        // A collection that another test causes counts what is left of this thread's allocation buffer as allocated: one quiet time of several will do.
        Enumerable.Range(0, 20).Select(_ => Allocated(text)).Min().Should().Be(0);
    }

    private static long Allocated(byte[] text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sum(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Sum(byte[] text)
    {
        var sum = 0.0;
        var rows = new PrometheusTextParser(text);
        while (rows.MoveNext())
        {
            sum += rows.Label("route"u8).SequenceEqual("shop/delays"u8) ? rows.Value : 0;
        }

        return sum;
    }

    private static Action Reading(byte[] text) => () => Sum(text);

    private static string Rows(string text)
    {
        var list = new List<string>();
        var rows = new PrometheusTextParser(Encoding.UTF8.GetBytes(text));
        while (rows.MoveNext())
        {
            List<string> parts = [PrometheusTextParser.Unescape(rows.Name)];
            for (var label = 0; label < rows.LabelCount; label++)
            {
                parts.Add($"{PrometheusTextParser.Unescape(rows.LabelName(label))}={PrometheusTextParser.Unescape(rows.LabelValue(label))}");
            }

            list.Add(string.Join('|', parts.Append(rows.Value.ToString(CultureInfo.InvariantCulture))));
        }

        return string.Join(';', list);
    }
}
