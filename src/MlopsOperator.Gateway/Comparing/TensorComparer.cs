using System.Buffers;
using System.Globalization;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Compares the values of two outputs of one name, datatype and shape.</summary>
internal static class TensorComparer
{
    /// <summary>Compares them by a rule, or as the datatype asks.</summary>
    public static void Compare(OutputTensor stable, OutputTensor candidate, CompareRule? rule, Findings findings)
    {
        var count = stable.ElementCount;
        if (count < 0 || candidate.ElementCount < 0)
        {
            findings.DiffersInSchema(stable.Name, stable.Signature, candidate.Signature);
            return;
        }

        var isFloat = stable.Datatype.Family is DatatypeFamily.Float or DatatypeFamily.BrainFloat;
        var stableValues = new ElementReader(stable);
        var candidateValues = new ElementReader(candidate);
        var compared = rule is { Mode: CompareMode.Top1 } && isFloat && count > 0
            ? CompareRows(stable, ref stableValues, ref candidateValues, rule, findings)
            : CompareElements(stable, ref stableValues, ref candidateValues, rule, findings);

        // Values that stop early, or go on behind what the shape asks for.
        if (compared != count || stableValues.MoveNext() || candidateValues.MoveNext())
        {
            findings.DiffersInSchema(stable.Name, Counted(stable, count), Counted(candidate, compared));
        }
    }

    private static long CompareElements(OutputTensor tensor, ref ElementReader stable, ref ElementReader candidate, CompareRule? rule, Findings findings)
    {
        var closeness = Closeness.Of(rule, tensor.Datatype.Closeness);
        var (index, count) = (0L, tensor.ElementCount);
        for (; index < count && stable.MoveNext() && candidate.MoveNext(); index++)
        {
            switch (tensor.Datatype.Family)
            {
                case DatatypeFamily.Float or DatatypeFamily.BrainFloat:
                    CompareNumbers(tensor.Name, index, (stable.Number(), candidate.Number()), closeness, findings);
                    break;
                case DatatypeFamily.Text:
                    if (!SameText(stable.Text(), candidate.Text(), rule))
                    {
                        findings.Differs(tensor.Name, index, stable.Display(), candidate.Display());
                    }

                    break;
                default:
                    if (!SameInteger(stable, candidate, closeness))
                    {
                        findings.Differs(tensor.Name, index, stable.Display(), candidate.Display());
                    }

                    break;
            }
        }

        return index;
    }

    /// <summary>Compares two numbers; one that is none is an error of its side, unless both are.</summary>
    public static void CompareNumbers(string output, long index, (double Stable, double Candidate) values, Closeness closeness, Findings findings)
    {
        if (closeness.Holds(values.Stable, values.Candidate))
        {
            return;
        }

        var (stable, candidate) = (Shown(values.Stable), Shown(values.Candidate));
        if (double.IsNaN(values.Stable) || double.IsNaN(values.Candidate))
        {
            findings.NotANumber(output, index, (stable, candidate), isCandidates: double.IsNaN(values.Candidate));
        }
        else
        {
            findings.Differs(output, index, stable, candidate);
        }
    }

    private static long CompareRows(OutputTensor tensor, ref ElementReader stable, ref ElementReader candidate, CompareRule rule, Findings findings)
    {
        var width = tensor.Shape.Count == 0 ? 1 : (int)tensor.Shape[^1];
        var closeness = Closeness.Of(rule, tensor.Datatype.Closeness);
        var (scores, others) = (ArrayPool<double>.Shared.Rent(width), ArrayPool<double>.Shared.Rent(width));
        var (index, count) = (0L, tensor.ElementCount);
        for (var column = 0; index < count && stable.MoveNext() && candidate.MoveNext(); index++)
        {
            (scores[column], others[column]) = (stable.Number(), candidate.Number());
            if (++column == width)
            {
                CompareTop(tensor.Name, index + 1 - width, scores.AsSpan(0, width), others.AsSpan(0, width), closeness, findings);
                column = 0;
            }
        }

        ArrayPool<double>.Shared.Return(scores);
        ArrayPool<double>.Shared.Return(others);
        return index;
    }

    /// <summary>Compares which score of a row is the highest. Where stable itself has the two classes closer than the tolerance it is a tie, and no difference.</summary>
    public static void CompareTop(string output, long start, ReadOnlySpan<double> stable, ReadOnlySpan<double> candidate, Closeness closeness, Findings findings)
    {
        for (var column = 0; column < stable.Length; column++)
        {
            if (double.IsNaN(stable[column]) != double.IsNaN(candidate[column]))
            {
                findings.NotANumber(output, start + column, (Shown(stable[column]), Shown(candidate[column])), isCandidates: double.IsNaN(candidate[column]));
                return;
            }
        }

        var (top, other) = (Top(stable), Top(candidate));
        if (top != other && !closeness.Holds(stable[top], stable[other]))
        {
            findings.Differs(output, start, "class " + top.ToString(CultureInfo.InvariantCulture), "class " + other.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static int Top(ReadOnlySpan<double> scores)
    {
        var top = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            top = scores[index] > scores[top] || double.IsNaN(scores[top]) ? index : top;
        }

        return top;
    }

    private static bool SameText(ReadOnlySpan<byte> stable, ReadOnlySpan<byte> candidate, CompareRule? rule) =>
        rule is { Mode: CompareMode.Text } ? TextEquality.Holds(stable, candidate) : stable.SequenceEqual(candidate);

    private static bool SameInteger(ElementReader stable, ElementReader candidate, Closeness closeness)
    {
        var (left, right) = (stable.Integer(), candidate.Integer());
        return left is null || right is null
            ? left == right && stable.Text().SequenceEqual(candidate.Text())
            : left == right || (closeness != Closeness.Exact && closeness.Holds((double)left.Value, (double)right.Value));
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Counted(OutputTensor tensor, long count) => string.Create(CultureInfo.InvariantCulture, $"{tensor.Signature} with {count} values compared");
}
