using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlopsOperator.ModelServer.Protocol;

/// <summary>Names of datatypes in the protocol, and what they are in ONNX.</summary>
internal static class Datatypes
{
    private static readonly (TensorDatatype Datatype, string Name, TensorElementType Onnx, int Width)[] All =
    [
        (TensorDatatype.Bool, "BOOL", TensorElementType.Bool, 1),
        (TensorDatatype.Int8, "INT8", TensorElementType.Int8, 1),
        (TensorDatatype.Int16, "INT16", TensorElementType.Int16, 2),
        (TensorDatatype.Int32, "INT32", TensorElementType.Int32, 4),
        (TensorDatatype.Int64, "INT64", TensorElementType.Int64, 8),
        (TensorDatatype.UInt8, "UINT8", TensorElementType.UInt8, 1),
        (TensorDatatype.UInt16, "UINT16", TensorElementType.UInt16, 2),
        (TensorDatatype.UInt32, "UINT32", TensorElementType.UInt32, 4),
        (TensorDatatype.UInt64, "UINT64", TensorElementType.UInt64, 8),
        (TensorDatatype.Fp16, "FP16", TensorElementType.Float16, 2),
        (TensorDatatype.Fp32, "FP32", TensorElementType.Float, 4),
        (TensorDatatype.Fp64, "FP64", TensorElementType.Double, 8),
        (TensorDatatype.Bytes, "BYTES", TensorElementType.String, 0),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(entry => entry.Name));

    /// <summary>The name in the protocol.</summary>
    /// <param name="datatype">The datatype.</param>
    /// <returns>Such as FP32.</returns>
    public static string NameOf(TensorDatatype datatype) => All[(int)datatype].Name;

    /// <summary>Bytes of one element in the binary form; 0 for text, whose elements carry their own length.</summary>
    /// <param name="datatype">The datatype.</param>
    /// <returns>1, 2, 4, 8 or 0.</returns>
    public static int WidthOf(TensorDatatype datatype) => All[(int)datatype].Width;

    /// <summary>Finds a datatype by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The datatype; null if there is none of that name.</returns>
    public static TensorDatatype? Find(string name)
    {
        foreach (var entry in All)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
            {
                return entry.Datatype;
            }
        }

        return null;
    }

    /// <summary>The datatype of an ONNX tensor.</summary>
    /// <param name="type">ONNX's element type.</param>
    /// <returns>The datatype; null if the protocol has none for it.</returns>
    public static TensorDatatype? Of(TensorElementType type)
    {
        foreach (var entry in All)
        {
            if (entry.Onnx == type)
            {
                return entry.Datatype;
            }
        }

        return null;
    }
}
