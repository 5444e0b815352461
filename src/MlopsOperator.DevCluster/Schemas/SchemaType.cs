namespace MlopsOperator.DevCluster.Schemas;

internal enum SchemaType
{
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,

    /// <summary>x-kubernetes-int-or-string.</summary>
    IntOrString,

    /// <summary>A quantity of built-in kinds: number or string.</summary>
    Quantity,
}
