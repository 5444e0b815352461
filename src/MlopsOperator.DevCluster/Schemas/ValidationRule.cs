namespace MlopsOperator.DevCluster.Schemas;

/// <summary>An entry of x-kubernetes-validations.</summary>
internal sealed record ValidationRule(string Rule, string? Message, string? MessageExpression, string? Reason, string? FieldPath)
{
    public bool IsTransition { get; } = RuleSyntax.UsesOldSelf(Rule);
}
