namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>The kind can be scaled: autoscalers and <c>kubectl scale</c> read and write these paths.</summary>
/// <param name="specReplicasPath">Path of the wanted number.</param>
/// <param name="statusReplicasPath">Path of the observed number.</param>
/// <param name="labelSelectorPath">Path of the label selector, a string.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ScaleSubresourceAttribute(string specReplicasPath, string statusReplicasPath, string labelSelectorPath) : Attribute
{
    /// <summary>Path of the wanted number.</summary>
    public string SpecReplicasPath => specReplicasPath;

    /// <summary>Path of the observed number.</summary>
    public string StatusReplicasPath => statusReplicasPath;

    /// <summary>Path of the label selector.</summary>
    public string LabelSelectorPath => labelSelectorPath;
}
