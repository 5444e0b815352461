namespace MlopsOperator.Operator.Evidence.Parsing;

/// <summary>A place in a line.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> text, int start, int end)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;
    private int _end = end;

    public readonly bool AtEnd => _at >= _end;

    public readonly byte Peek => _text[_at];

    public readonly ReadOnlySpan<byte> Rest => _text[_at.._end];

    /// <summary>Drops blanks and a carriage return at the end of the line.</summary>
    public void TrimEnd()
    {
        while (_end > _at && _text[_end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            _end--;
        }
    }

    public void SkipBlanks()
    {
        while (_at < _end && _text[_at] is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    public bool TryTake(byte wanted)
    {
        if (AtEnd || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>A metric name; empty when there is none here.</summary>
    public ReadOnlySpan<byte> TakeName()
    {
        var begin = _at;
        while (_at < _end && (IsLetter(_text[_at]) || _text[_at] == (byte)':' || (_at > begin && IsDigit(_text[_at]))))
        {
            _at++;
        }

        return _text[begin.._at];
    }

    public bool TryTakeLabelName(out (int Start, int Length) slice)
    {
        var begin = _at;
        while (_at < _end && (IsLetter(_text[_at]) || (_at > begin && IsDigit(_text[_at]))))
        {
            _at++;
        }

        slice = (begin, _at - begin);
        return _at > begin;
    }

    /// <summary>A quoted string: braces and commas in it mean nothing, and a quote after a backslash does not end it.</summary>
    public bool TryTakeQuoted(out (int Start, int Length) slice)
    {
        slice = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var begin = _at;
        while (_text[_at.._end].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var offset)
        {
            _at += offset;
            if (_text[_at] == (byte)'"')
            {
                slice = (begin, _at - begin);
                _at++;
                return true;
            }

            _at = Math.Min(_at + 2, _end);
        }

        return false;
    }

    /// <summary>Everything up to the next blank or the end; empty at the end.</summary>
    public ReadOnlySpan<byte> TakeToken()
    {
        var begin = _at;
        var length = _text[_at.._end].IndexOfAny((byte)' ', (byte)'\t');
        _at = length < 0 ? _end : _at + length;
        return _text[begin.._at];
    }

    private static bool IsLetter(byte character) => char.IsAsciiLetter((char)character) || character == (byte)'_';

    private static bool IsDigit(byte character) => char.IsAsciiDigit((char)character);
}
