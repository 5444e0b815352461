using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A label selector in its text form: equality, sets, existence, greater and less.</summary>
internal sealed class LabelSelector
{
    public static readonly LabelSelector Everything = new([]);

    private readonly IReadOnlyList<Requirement> requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => this.requirements = requirements;

    public bool IsEverything => requirements.Count == 0;

    public static LabelSelector Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }

        return new LabelSelector([.. SplitOutsideParentheses(text).Select(part => Requirement.Parse(part, text))]);
    }

    public bool Matches(JsonObject manifest)
    {
        var labels = manifest.Map("metadata", "labels");
        return requirements.All(requirement => requirement.Matches(labels.Text(requirement.Key)));
    }

    private static IEnumerable<string> SplitOutsideParentheses(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private sealed record Requirement(string Key, string Operator, IReadOnlyList<string> Values)
    {
        public bool Matches(string? value) => Operator switch
        {
            "exists" => value is not null,
            "absent" => value is null,
            "in" => value is not null && Values.Contains(value, StringComparer.Ordinal),
            "notin" => value is null || !Values.Contains(value, StringComparer.Ordinal),
            ">" => Number(value) is { } n && n > Number(Values[0]),
            _ => Number(value) is { } n && n < Number(Values[0]),
        };

        public static Requirement Parse(string part, string whole)
        {
            var text = part.Trim();
            if (text.StartsWith('!'))
            {
                return New(text[1..].Trim(), "absent", []);
            }

            foreach (var (sign, name) in new[] { ("!=", "notin"), ("==", "in"), ("=", "in"), (">", ">"), ("<", "<") })
            {
                var at = text.IndexOf(sign, StringComparison.Ordinal);
                if (at > 0)
                {
                    return New(text[..at].Trim(), name, [Value(text[(at + sign.Length)..].Trim())]);
                }
            }

            var words = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is [var key, var rest])
            {
                var name = rest.StartsWith("in", StringComparison.Ordinal) ? "in" : rest.StartsWith("notin", StringComparison.Ordinal) ? "notin" : null;
                var values = name is null ? "" : rest[name.Length..].Trim();
                return name is not null && values is ['(', .., ')']
                    ? New(key, name, [.. values[1..^1].Split(',').Select(v => Value(v.Trim()))])
                    : throw Bad($"unable to parse requirement: found '{(name is null ? rest.Split(' ')[0] : values)}', expected: in, notin, =, ==, !=, gt, lt");
            }

            return New(text, "exists", []);

            StatusException Bad(string why) => Statuses.BadRequest(why.Length > 0 ? why : $"unable to parse requirement: {whole}");

            Requirement New(string key, string op, IReadOnlyList<string> values) =>
                op is ">" or "<" && Number(values[0]) is null ? throw Bad($"values[0][{key}]: Invalid value: {FieldError.Quote(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer")
                : Names.LabelKeyError(key) is { } wrong ? throw Bad($"unable to parse requirement: <nil>: Invalid value: {FieldError.Quote(key)}: {wrong}")
                : new Requirement(key, op, values);

            string Value(string value) => value.StartsWith('=') ? throw Bad("unable to parse requirement: found '=', expected: identifier")
                : Names.LabelValueError(value) is { } wrong
                ? throw Bad($"unable to parse requirement: values[0]: Invalid value: {FieldError.Quote(value)}: {wrong}")
                : value;
        }

        private static long? Number(string? value) =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
