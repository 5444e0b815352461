using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The options of one writing request, and the warnings it gathers.</summary>
internal sealed record WriteContext(ResourceTarget Target, string Manager, bool DryRun, FieldValidation FieldValidation)
{
    public ResourceKind Kind => Target.Kind;

    public bool IsStatus => string.Equals(Target.Subresource, "status", StringComparison.Ordinal);

    public List<string> Warnings { get; } = [];
}
