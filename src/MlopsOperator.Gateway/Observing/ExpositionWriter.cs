using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Writes Prometheus text, version 0.0.4, into a buffer.</summary>
internal readonly struct ExpositionWriter(IBufferWriter<byte> output)
{
    /// <summary>Media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int LongestNumber = 32;

    /// <summary>Labels without braces, such as <c>route="a/b",revision="c"</c>, with quotes, backslashes and line ends escaped.</summary>
    public static byte[] EncodeLabels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            foreach (var character in value)
            {
                _ = character switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(character),
                };
            }

            text.Append('"');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The two lines that begin a family.</summary>
    public void Family(string name, string type, string help)
    {
        Text("# HELP ");
        Text(name);
        Text(" ");
        Text(help);
        Text("\n# TYPE ");
        Text(name);
        Text(" ");
        Text(type);
        Text("\n");
    }

    /// <summary>A sample.</summary>
    /// <param name="name">Name of the series.</param>
    /// <param name="labels">Encoded labels.</param>
    /// <param name="more">Further encoded labels, or nothing.</param>
    /// <param name="value">Value.</param>
    public void Sample(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> more, long value)
    {
        Series(name, labels, more);
        var span = output.GetSpan(LongestNumber);
        Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
        output.Write("\n"u8);
    }

    /// <summary>A sample whose value may be a fraction.</summary>
    public void Sample(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, double value)
    {
        Series(name, labels, default);
        var span = output.GetSpan(LongestNumber);
        value.TryFormat(span, out var written, "R", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write("\n"u8);
    }

    private void Series(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> more)
    {
        output.Write(name);
        output.Write("{"u8);
        output.Write(labels);
        if (!more.IsEmpty)
        {
            output.Write(","u8);
            output.Write(more);
        }

        output.Write("} "u8);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
