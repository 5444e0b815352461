using System.Runtime.InteropServices;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>A datatype of the Open Inference Protocol.</summary>
/// <param name="Family">What its values are.</param>
/// <param name="Width">Bytes of a value in binary form; 0 where values have lengths of their own.</param>
/// <param name="Closeness">How close its values must be where no rule says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TensorDatatype(DatatypeFamily Family, int Width, Closeness Closeness)
{
    /// <summary>What FP32 asks; also of numbers that carry no datatype.</summary>
    public static Closeness Single { get; } = new(1e-4, 1e-3);

    /// <summary>The datatype of a name; values of an unknown one are compared as texts.</summary>
    public static TensorDatatype Of(string name) => name switch
    {
        "BOOL" or "UINT8" => new(DatatypeFamily.Unsigned, 1, default),
        "UINT16" => new(DatatypeFamily.Unsigned, 2, default),
        "UINT32" => new(DatatypeFamily.Unsigned, 4, default),
        "UINT64" => new(DatatypeFamily.Unsigned, 8, default),
        "INT8" => new(DatatypeFamily.Signed, 1, default),
        "INT16" => new(DatatypeFamily.Signed, 2, default),
        "INT32" => new(DatatypeFamily.Signed, 4, default),
        "INT64" => new(DatatypeFamily.Signed, 8, default),
        "FP16" => new(DatatypeFamily.Float, 2, new Closeness(1e-3, 1e-2)),
        "BF16" => new(DatatypeFamily.BrainFloat, 2, new Closeness(1e-3, 1e-2)),
        "FP32" => new(DatatypeFamily.Float, 4, Single),
        "FP64" => new(DatatypeFamily.Float, 8, new Closeness(1e-9, 1e-6)),
        _ => new(DatatypeFamily.Text, 0, default),
    };
}
