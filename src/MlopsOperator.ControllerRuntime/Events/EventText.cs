using System.Text;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>Cuts texts to what an API server accepts (kubernetes pkg/apis/core/validation/events.go).</summary>
internal static class EventText
{
    public static string Word(string text) => text.Length switch
    {
        0 => "Unknown",
        > Limits.EventWordLength => text[..Limits.EventWordLength],
        _ => text,
    };

    /// <summary>At most 1,024 bytes of UTF-8, never half a character.</summary>
    public static string Note(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= Limits.EventNoteBytes)
        {
            return text;
        }

        const char Ellipsis = '…';
        var left = Limits.EventNoteBytes - new Rune(Ellipsis).Utf8SequenceLength;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append(Ellipsis).ToString();
    }
}
