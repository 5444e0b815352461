namespace MlopsOperator.DevCluster.Schemas;

/// <summary>x-kubernetes-list-type.</summary>
internal enum ListKind
{
    Atomic,
    Set,
    Map,
}
