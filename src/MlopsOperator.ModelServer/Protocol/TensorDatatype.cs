namespace MlopsOperator.ModelServer.Protocol;

/// <summary>Tensor datatypes of the Open Inference Protocol v2 that ONNX has too.</summary>
internal enum TensorDatatype
{
    /// <summary>True or false, one byte.</summary>
    Bool,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,

    /// <summary>Floating point, 16 bits; it has no JSON form.</summary>
    Fp16,

    /// <summary>Floating point, 32 bits.</summary>
    Fp32,

    /// <summary>Floating point, 64 bits.</summary>
    Fp64,

    /// <summary>Text in UTF-8.</summary>
    Bytes,
}
