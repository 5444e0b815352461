using System.Globalization;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>An output of an answer: what it is, and where in the body its values are.</summary>
/// <param name="Name">Name.</param>
/// <param name="DatatypeName">Datatype as the answer names it.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Data">Values: a JSON value, or raw bytes.</param>
/// <param name="IsBinary">Whether they are raw bytes.</param>
internal sealed record OutputTensor(string Name, string DatatypeName, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data, bool IsBinary)
{
    /// <summary>Its datatype.</summary>
    public TensorDatatype Datatype { get; } = TensorDatatype.Of(DatatypeName);

    /// <summary>How many values the shape asks for; -1 when the data cannot hold them.</summary>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var dimension in Shape)
            {
                // A value takes a byte at least, so no shape can make us count further than the body goes.
                if (dimension < 0 || (count > 0 && dimension > Data.Length / count))
                {
                    return -1;
                }

                count *= dimension;
            }

            return count;
        }
    }

    /// <summary>Datatype and shape, such as <c>FP32[3,2]</c>.</summary>
    public string Signature => string.Create(CultureInfo.InvariantCulture, $"{DatatypeName}[{string.Join(',', Shape)}]");

    /// <summary>Whether the other has the same datatype and shape.</summary>
    public bool HasSignatureOf(OutputTensor other) => string.Equals(DatatypeName, other.DatatypeName, StringComparison.Ordinal) && Shape.SequenceEqual(other.Shape);
}
