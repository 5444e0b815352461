using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlopsOperator.Operator.Evidence.Parsing;

/// <summary>Where a label of the current row stands in the text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LabelSlice(int NameStart, int NameLength, int ValueStart, int ValueLength)
{
    /// <summary>Room for the labels of one row, without a heap.</summary>
    [InlineArray(EvidenceLimits.Labels)]
    [StructLayout(LayoutKind.Auto)]
    internal struct Buffer
    {
        private LabelSlice _first;
    }
}
