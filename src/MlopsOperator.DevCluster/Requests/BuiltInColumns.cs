using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The columns of built-in kinds after the name; null: only the age.</summary>
internal static class BuiltInColumns
{
    public static IReadOnlyList<Column>? Of(ResourceKind kind) => kind.Kind switch
    {
        _ => null,
    };
}
