using System.Text.Json;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>
/// Compares JSON answers that are no tensors. Outputs are the members of V1 <c>predictions</c> where those are objects, else the members of the answer,
/// else the body. Numbers written without fraction must be equal, others be as close as FP32 asks; members that name the answer or the model are left out.
/// </summary>
internal sealed class JsonComparer
{
    private static readonly string[] Volatile = ["id", "created", "model", "model_name", "model_version", "parameters", "usage", "system_fingerprint"];

    private readonly ComparePlan plan;
    private readonly Findings findings = new();
    private long index;

    private JsonComparer(ComparePlan plan) => this.plan = plan;

    /// <summary>Compares two answers.</summary>
    public static Comparison Compare(JsonElement stable, JsonElement candidate, ComparePlan plan)
    {
        var comparer = new JsonComparer(plan);
        if (Predictions(stable) is { } rows && Predictions(candidate) is { } others && HasNamedOutputs(rows) && HasNamedOutputs(others))
        {
            comparer.CompareRows(rows, others);
        }
        else if (IsSearchable(stable) && IsSearchable(candidate))
        {
            comparer.CompareMembers(stable, candidate, IsCompared);
        }
        else
        {
            comparer.CompareOutput(AnswerComparer.WholeBody, stable, candidate);
        }

        return comparer.findings.Conclude();
    }

    private static JsonElement? Predictions(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("predictions"u8, out var rows) && rows.ValueKind == JsonValueKind.Array ? rows : null;

    private static bool HasNamedOutputs(JsonElement rows) => rows.GetArrayLength() > 0 && rows.EnumerateArray().All(IsSearchable);

    /// <summary>Finding each member of one object in the other takes the product of their sizes.</summary>
    private static bool IsSearchable(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= Limits.SearchedMembers;

    private void CompareRows(JsonElement stable, JsonElement candidate)
    {
        if (stable.GetArrayLength() != candidate.GetArrayLength())
        {
            findings.DiffersInSchema("predictions", Shape(stable), Shape(candidate));
            return;
        }

        foreach (var (row, other) in stable.EnumerateArray().Zip(candidate.EnumerateArray()))
        {
            CompareMembers(row, other, static _ => true);
        }
    }

    private void CompareMembers(JsonElement stable, JsonElement candidate, Func<JsonProperty, bool> isCompared)
    {
        foreach (var member in stable.EnumerateObject().Where(isCompared))
        {
            if (candidate.TryGetProperty(member.Name, out var other))
            {
                CompareOutput(member.Name, member.Value, other);
            }
            else
            {
                findings.DiffersInSchema(member.Name, Shape(member.Value), "none");
            }
        }

        foreach (var member in candidate.EnumerateObject().Where(member => isCompared(member) && !stable.TryGetProperty(member.Name, out _)))
        {
            findings.DiffersInSchema(member.Name, "none", Shape(member.Value));
        }
    }

    private static bool IsCompared(JsonProperty member) => !Volatile.Contains(member.Name, StringComparer.Ordinal);

    private void CompareOutput(string output, JsonElement stable, JsonElement candidate)
    {
        index = 0;
        CompareValues(output, plan.Of(output), stable, candidate);
    }

    private void CompareValues(string output, CompareRule? rule, JsonElement stable, JsonElement candidate)
    {
        switch (stable.ValueKind, candidate.ValueKind)
        {
            case (JsonValueKind.Number, JsonValueKind.Number):
                CompareNumbers(output, rule, stable, candidate);
                index++;
                break;
            case (JsonValueKind.String, JsonValueKind.String):
                CompareTexts(output, rule, stable.GetString()!, candidate.GetString()!);
                index++;
                break;
            case (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False):
                if (stable.ValueKind != candidate.ValueKind)
                {
                    findings.Differs(output, index, Shape(stable), Shape(candidate));
                }

                index++;
                break;
            case (JsonValueKind.Null, JsonValueKind.Null):
                index++;
                break;
            case (JsonValueKind.Number, JsonValueKind.Null) or (JsonValueKind.Null, JsonValueKind.Number):
                findings.NotANumber(output, index++, (SampleText.Of(stable.GetRawText()), SampleText.Of(candidate.GetRawText())), candidate.ValueKind == JsonValueKind.Null);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(output, rule, stable, candidate);
                break;
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(output, rule, stable, candidate);
                break;
            default:
                findings.DiffersInSchema(output, Shape(stable), Shape(candidate));
                break;
        }
    }

    private void CompareArrays(string output, CompareRule? rule, JsonElement stable, JsonElement candidate)
    {
        if (stable.GetArrayLength() != candidate.GetArrayLength())
        {
            findings.DiffersInSchema(output, Shape(stable), Shape(candidate));
        }
        else if (rule is { Mode: CompareMode.Top1 } && IsRowOfScores(stable) && IsRowOfScores(candidate))
        {
            TensorComparer.CompareTop(output, index, Scores(stable), Scores(candidate), Closeness.Of(rule, TensorDatatype.Single), findings);
            index += stable.GetArrayLength();
        }
        else
        {
            foreach (var (value, other) in stable.EnumerateArray().Zip(candidate.EnumerateArray()))
            {
                CompareValues(output, rule, value, other);
            }
        }
    }

    private void CompareObjects(string output, CompareRule? rule, JsonElement stable, JsonElement candidate)
    {
        if (!IsSearchable(stable) || !IsSearchable(candidate))
        {
            if (!JsonElement.DeepEquals(stable, candidate))
            {
                findings.Differs(output, index, Shape(stable), Shape(candidate));
            }

            index++;
            return;
        }

        var members = stable.EnumerateObject().ToList();
        if (members.Count != candidate.EnumerateObject().Count() || !members.TrueForAll(member => candidate.TryGetProperty(member.Name, out _)))
        {
            findings.DiffersInSchema(output, Shape(stable), Shape(candidate));
            return;
        }

        foreach (var member in members)
        {
            CompareValues(output, rule, member.Value, candidate.GetProperty(member.Name));
        }
    }

    private void CompareNumbers(string output, CompareRule? rule, JsonElement stable, JsonElement candidate)
    {
        var areWhole = stable.TryGetInt64(out _) && candidate.TryGetInt64(out _);
        if (areWhole && rule is not { Absolute: not null } and not { Relative: not null })
        {
            if (stable.GetInt64() != candidate.GetInt64())
            {
                findings.Differs(output, index, SampleText.Of(stable.GetRawText()), SampleText.Of(candidate.GetRawText()));
            }

            return;
        }

        TensorComparer.CompareNumbers(output, index, (stable.GetDouble(), candidate.GetDouble()), Closeness.Of(rule, TensorDatatype.Single), findings);
    }

    private void CompareTexts(string output, CompareRule? rule, string stable, string candidate)
    {
        var same = rule is { Mode: CompareMode.Text }
            ? TextEquality.Holds(System.Text.Encoding.UTF8.GetBytes(stable), System.Text.Encoding.UTF8.GetBytes(candidate))
            : string.Equals(stable, candidate, StringComparison.Ordinal);
        if (!same)
        {
            findings.Differs(output, index, SampleText.Of(stable.AsSpan()), SampleText.Of(candidate.AsSpan()));
        }
    }

    /// <summary>A row of numbers some of which have a fraction: whole numbers may be labels, whose highest means nothing.</summary>
    private static bool IsRowOfScores(JsonElement row) =>
        row.GetArrayLength() > 0 && row.EnumerateArray().All(value => value.ValueKind == JsonValueKind.Number) && row.EnumerateArray().Any(value => !value.TryGetInt64(out _));

    private static double[] Scores(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetDouble())];

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"array of {value.GetArrayLength()}"),
        var kind => kind.ToString(),
    };
}
