namespace MlopsOperator.Gateway.Comparing;

/// <summary>What values of a datatype are.</summary>
internal enum DatatypeFamily
{
    /// <summary>Texts or bytes.</summary>
    Text,

    /// <summary>Whole numbers with a sign.</summary>
    Signed,

    /// <summary>Whole numbers without a sign, and truth values as 0 and 1.</summary>
    Unsigned,

    /// <summary>Floating-point numbers of IEEE 754.</summary>
    Float,

    /// <summary>The upper half of an FP32.</summary>
    BrainFloat,
}
