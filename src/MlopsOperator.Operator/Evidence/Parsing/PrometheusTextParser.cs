using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MlopsOperator.Operator.Evidence.Parsing;

/// <summary>
/// Reads Prometheus' text format row by row, and the parts of OpenMetrics that exporters mix in (<c># EOF</c>, exemplars, fractional timestamps).
/// Works on the bytes as they came; rows allocate nothing. What is not the format is refused as a whole, with its line: half an answer is no answer.
/// </summary>
internal ref struct PrometheusTextParser
{
    private readonly ReadOnlySpan<byte> _text;
    private LabelSlice.Buffer _labels;
    private int _next;
    private int _line;
    private int _series;

    /// <summary>A parser at the start of a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <exception cref="PrometheusFormatException">The text is too large, or not UTF-8, or was cut off.</exception>
    public PrometheusTextParser(ReadOnlySpan<byte> text)
    {
        _text = text;
        if (text.Length > EvidenceLimits.AnswerBytes)
        {
            throw Refused(0, string.Create(CultureInfo.InvariantCulture, $"{text.Length} bytes; at most {EvidenceLimits.AnswerBytes} are read"));
        }

        if (!Utf8.IsValid(text))
        {
            throw Refused(0, "not UTF-8");
        }

        // A value that was cut off reads as a smaller one: 12 of 123.
        if (!text.IsEmpty && text[^1] != (byte)'\n')
        {
            throw Refused(0, "the last line does not end; the answer was cut off");
        }
    }

    /// <summary>Name of the metric, as written (escapes of a quoted name are kept).</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value; may be NaN or infinite.</summary>
    public double Value { get; private set; }

    /// <summary>Number of labels.</summary>
    public int LabelCount { get; private set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="PrometheusFormatException">A line is too long or not of the format, or there are too many series.</exception>
    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            var (start, length) = (_next, _text[_next..].IndexOf((byte)'\n'));
            _next = start + length + 1;
            _line++;
            if (length > EvidenceLimits.LineBytes)
            {
                throw Refused(_line, string.Create(CultureInfo.InvariantCulture, $"{length} bytes; at most {EvidenceLimits.LineBytes} a line are read"));
            }

            var cursor = new LineCursor(_text, start, start + length);
            cursor.TrimEnd();
            cursor.SkipBlanks();
            if (cursor.AtEnd)
            {
                continue;
            }

            if (cursor.Peek == (byte)'#')
            {
                if (cursor.Rest.SequenceEqual("# EOF"u8))
                {
                    End();
                }

                continue;
            }

            ReadRow(ref cursor);
            return true;
        }

        return false;
    }

    /// <summary>Name of a label, as written.</summary>
    /// <param name="index">From 0.</param>
    public readonly ReadOnlySpan<byte> LabelName(int index) => _text.Slice(_labels[index].NameStart, _labels[index].NameLength);

    /// <summary>Value of a label, as written between its quotes: see <see cref="Unescape"/>.</summary>
    /// <param name="index">From 0.</param>
    public readonly ReadOnlySpan<byte> LabelValue(int index) => _text.Slice(_labels[index].ValueStart, _labels[index].ValueLength);

    /// <summary>The value of the label with a name; empty when the row has none, which means the same.</summary>
    /// <param name="name">Name of the label.</param>
    public readonly ReadOnlySpan<byte> Label(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < LabelCount; index++)
        {
            if (LabelName(index).SequenceEqual(name))
            {
                return LabelValue(index);
            }
        }

        return default;
    }

    /// <summary>The text of a quoted string: <c>\\</c>, <c>\"</c> and <c>\n</c> are what they stand for; any other backslash stands for itself.</summary>
    /// <param name="raw">Between the quotes.</param>
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = new List<byte>(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            var escaped = raw[index] == (byte)'\\' && index + 1 < raw.Length ? raw[index + 1] : (byte)0;
            if (escaped is (byte)'\\' or (byte)'"' or (byte)'n')
            {
                text.Add(escaped == (byte)'n' ? (byte)'\n' : escaped);
                index++;
            }
            else
            {
                text.Add(raw[index]);
            }
        }

        return Encoding.UTF8.GetString([.. text]);
    }

    private void End()
    {
        if (_text[_next..].ContainsAnyExcept(" \t\r\n"u8))
        {
            throw Refused(_line + 1, "there is text after # EOF");
        }

        _next = _text.Length;
    }

    private void ReadRow(ref LineCursor cursor)
    {
        if (++_series > EvidenceLimits.Series)
        {
            throw Refused(_line, $"more than {EvidenceLimits.Series} series");
        }

        LabelCount = 0;
        Name = cursor.TakeName();
        cursor.SkipBlanks();
        if (cursor.TryTake((byte)'{'))
        {
            ReadLabels(ref cursor);
        }

        if (Name.IsEmpty)
        {
            throw Refused(_line, "a metric name was expected");
        }

        cursor.SkipBlanks();
        Value = PrometheusNumber.TryParse(cursor.TakeToken(), out var value) ? value : throw Refused(_line, "a number was expected as value");
        cursor.SkipBlanks();
        if (!cursor.AtEnd && cursor.Peek != (byte)'#' && !PrometheusNumber.IsTimestamp(cursor.TakeToken()))
        {
            throw Refused(_line, "a timestamp or the end of the line was expected after the value");
        }

        cursor.SkipBlanks();
        if (!cursor.AtEnd && cursor.Peek != (byte)'#')
        {
            throw Refused(_line, "the end of the line was expected");
        }
    }

    private void ReadLabels(ref LineCursor cursor)
    {
        for (var first = true; ; first = false)
        {
            cursor.SkipBlanks();
            if (cursor.TryTake((byte)'}'))
            {
                return;
            }

            if (!first)
            {
                Require(cursor.TryTake((byte)','), "a comma or a brace was expected after a label");
                cursor.SkipBlanks();
                if (cursor.TryTake((byte)'}'))
                {
                    return;
                }
            }

            ReadLabel(ref cursor, first);
        }
    }

    private void ReadLabel(ref LineCursor cursor, bool first)
    {
        var quoted = !cursor.AtEnd && cursor.Peek == (byte)'"';
        Require(quoted ? cursor.TryTakeQuoted(out var name) : cursor.TryTakeLabelName(out name), "a label name was expected");
        cursor.SkipBlanks();
        if (!cursor.TryTake((byte)'='))
        {
            // Prometheus 3 writes a name that is no identifier inside the braces, in quotes.
            Require(quoted && first && Name.IsEmpty && name.Length > 0, "an equals sign was expected after a label name");
            Name = _text.Slice(name.Start, name.Length);
            return;
        }

        cursor.SkipBlanks();
        Require(cursor.TryTakeQuoted(out var value), "a label value in quotes was expected");
        Require(LabelCount < EvidenceLimits.Labels, "too many labels");
        for (var index = 0; index < LabelCount; index++)
        {
            Require(!LabelName(index).SequenceEqual(_text.Slice(name.Start, name.Length)), "a label appears twice");
        }

        _labels[LabelCount++] = new(name.Start, name.Length, value.Start, value.Length);
    }

    private readonly void Require(bool condition, string expected)
    {
        if (!condition)
        {
            throw Refused(_line, expected);
        }
    }

    private static PrometheusFormatException Refused(int line, string reason) =>
        new(line == 0 ? reason : string.Create(CultureInfo.InvariantCulture, $"line {line}: {reason}"));
}
