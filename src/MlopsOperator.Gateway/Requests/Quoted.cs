namespace MlopsOperator.Gateway.Requests;

/// <summary>Text of others in our messages.</summary>
internal static class Quoted
{
    /// <summary>The text, cut to a length that messages can carry, without control characters.</summary>
    public static string Cut(string text)
    {
        var head = text.Length <= Limits.QuotedLength ? text : string.Concat(text.AsSpan(0, Limits.QuotedLength), "…");
        foreach (var character in head)
        {
            if (char.IsControl(character))
            {
                return string.Concat(head.Select(each => char.IsControl(each) ? '?' : each));
            }
        }

        return head;
    }
}
