namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>A rule in CEL (<c>x-kubernetes-validations</c>) on an object or a field. It must run on Kubernetes 1.30 and on DevCluster.</summary>
/// <param name="rule">The expression; <c>self</c> is the value, <c>oldSelf</c> the value before an update.</param>
/// <param name="message">What is expected, in one line.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
internal sealed class ValidationRuleAttribute(string rule, string message) : Attribute
{
    /// <summary>The expression.</summary>
    public string Rule => rule;

    /// <summary>What is expected.</summary>
    public string Message => message;

    /// <summary>Path of the field to blame, relative to the value, such as <c>.sequence</c>.</summary>
    public string? FieldPath { get; init; }

    /// <summary>FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.</summary>
    public string? Reason { get; init; }

    /// <summary>On a property: whether the rule is meant for the elements of the list instead of the list.</summary>
    public bool Elements { get; init; }
}
