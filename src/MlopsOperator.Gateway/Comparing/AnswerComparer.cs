using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Compares two answers to the same request: as tensors where both are Open Inference Protocol v2, else as JSON, else byte for byte.</summary>
internal static class AnswerComparer
{
    /// <summary>Name of the output that an answer without named outputs is.</summary>
    public const string WholeBody = "body";

    /// <summary>Compares them.</summary>
    public static Comparison Compare(AnswerBody stable, AnswerBody candidate, ComparePlan plan)
    {
        if (stable.JsonLength == candidate.JsonLength && stable.Bytes.Span.SequenceEqual(candidate.Bytes.Span))
        {
            return Comparison.Agreed;
        }

        try
        {
            return CompareContent(stable, candidate, plan);
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character, which is no text.
            return Comparison.Of(PairResult.Schema);
        }
    }

    private static Comparison CompareContent(AnswerBody stable, AnswerBody candidate, ComparePlan plan)
    {
        if (InferenceAnswer.TryRead(stable) is { } outputs && InferenceAnswer.TryRead(candidate) is { } others)
        {
            return Compare(outputs, others, plan);
        }

        using var document = Parse(stable);
        using var other = Parse(candidate);
        return (document, other) switch
        {
            (not null, not null) => JsonComparer.Compare(document.RootElement, other.RootElement, plan),
            (null, null) when !stable.ClaimsJson && !candidate.ClaimsJson => CompareBytes(stable, candidate, plan),
            _ => Comparison.Of(Unreadable(stable, document is null, candidate, other is null)),
        };
    }

    private static Comparison Compare(IReadOnlyList<OutputTensor> stable, IReadOnlyList<OutputTensor> candidate, ComparePlan plan)
    {
        var findings = new Findings();
        foreach (var output in stable)
        {
            var others = candidate.Where(other => string.Equals(other.Name, output.Name, StringComparison.Ordinal)).Take(2).ToList();
            if (others is not [var other] || !output.HasSignatureOf(other))
            {
                findings.DiffersInSchema(output.Name, output.Signature, others.Count == 0 ? "none" : others[0].Signature);
            }
        }

        foreach (var more in candidate.Where(other => !stable.Any(output => string.Equals(other.Name, output.Name, StringComparison.Ordinal))))
        {
            findings.DiffersInSchema(more.Name, "none", more.Signature);
        }

        if (candidate.Count != stable.Count && !findings.HasOtherSchema)
        {
            findings.DiffersInSchema(WholeBody, Count(stable), Count(candidate));
        }

        // Values of outputs that are not the same thing say nothing: of [3] and [3,1] numpy would make nine.
        if (!findings.HasOtherSchema)
        {
            foreach (var output in stable)
            {
                TensorComparer.Compare(output, candidate.First(other => string.Equals(other.Name, output.Name, StringComparison.Ordinal)), plan.Of(output.Name), findings);
            }
        }

        return findings.Conclude();
    }

    /// <summary>An answer that says it is JSON and is not is an error of its side; one that is something else is another schema.</summary>
    private static PairResult Unreadable(AnswerBody stable, bool stableIsNone, AnswerBody candidate, bool candidateIsNone) =>
        (stableIsNone && stable.ClaimsJson, candidateIsNone && candidate.ClaimsJson) switch
        {
            (true, true) => PairResult.BothError,
            (true, _) => PairResult.StableError,
            (_, true) => PairResult.CandidateError,
            _ => PairResult.Schema,
        };

    private static Comparison CompareBytes(AnswerBody stable, AnswerBody candidate, ComparePlan plan)
    {
        var left = stable.Bytes.Span;
        var right = candidate.Bytes.Span;
        if (plan.Of(WholeBody) is { Mode: CompareMode.Text } && TextEquality.Holds(left, right))
        {
            return Comparison.Agreed;
        }

        var index = left.CommonPrefixLength(right);
        return new Comparison(PairResult.Disagree, [new Difference(WholeBody, index, SampleText.Of(left[index..]), SampleText.Of(right[index..]))]);
    }

    private static JsonDocument? Parse(AnswerBody body)
    {
        if (body.Bytes.IsEmpty || body.JsonLength is not null || !Utf8.IsValid(body.Bytes.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body.Bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Count(IReadOnlyList<OutputTensor> outputs) => string.Create(CultureInfo.InvariantCulture, $"{outputs.Count} outputs");
}
