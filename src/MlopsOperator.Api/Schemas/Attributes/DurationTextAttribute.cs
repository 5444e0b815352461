using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The text is a <see cref="GoDuration"/> within limits.</summary>
/// <param name="minimum">Shortest duration.</param>
/// <param name="maximum">Longest duration.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationTextAttribute(string minimum = "0s", string maximum = "8760h") : SchemaAttribute
{
    /// <inheritdoc />
    public override void Apply(SchemaNode schema)
    {
        schema.Pattern = GoDuration.Pattern;
        schema.MaxLength = GoDuration.MaximumLength;
        schema.Rules.Add(new RuleNode(
            $"duration(self) >= duration('{minimum}') && duration(self) <= duration('{maximum}')",
            $"must be between {minimum} and {maximum}"));
    }

    /// <inheritdoc />
    public override void Check(object value, string field, ICollection<Problem> problems)
    {
        if (!GoDuration.TryParse((string)value, out var duration))
        {
            problems.Add(new Problem(field, FieldPaths.Found((string)value), GoDuration.Expected));
        }
        else if (duration.Value < GoDuration.Parse(minimum, nameof(minimum)) || duration.Value > GoDuration.Parse(maximum, nameof(maximum)))
        {
            problems.Add(new Problem(field, (string)value, $"a duration between {minimum} and {maximum}"));
        }
    }
}
