using System.Globalization;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>A quantity in rules.</summary>
internal sealed record QuantityValue(decimal Amount)
{
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("+-.0123456789");

    private static readonly Dictionary<string, decimal> Suffixes = new(StringComparer.Ordinal)
    {
        [""] = 1m, ["n"] = 1e-9m, ["u"] = 1e-6m, ["m"] = 1e-3m, ["k"] = 1e3m, ["M"] = 1e6m, ["G"] = 1e9m, ["T"] = 1e12m, ["P"] = 1e15m, ["E"] = 1e18m,
        ["Ki"] = 1024m, ["Mi"] = 1_048_576m, ["Gi"] = 1_073_741_824m, ["Ti"] = 1_099_511_627_776m, ["Pi"] = 1_125_899_906_842_624m, ["Ei"] = 1_152_921_504_606_846_976m,
    };

    /// <exception cref="FormatException">It is no quantity.</exception>
    public static decimal Parse(string text)
    {
        if (!Quantities.IsValid(text))
        {
            throw new FormatException($"\"{text}\" is no quantity");
        }

        var digits = text.AsSpan().IndexOfAnyExcept(Digits);
        if (digits >= 0 && text[digits] is 'e' or 'E' && digits + 1 < text.Length)
        {
            return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return digits < 0
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : decimal.Parse(text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture) * Suffixes[text[digits..]];
    }
}
