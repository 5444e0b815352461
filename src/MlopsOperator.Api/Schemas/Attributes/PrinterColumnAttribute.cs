namespace MlopsOperator.Api.Schemas.Attributes;

/// <summary>A column of <c>kubectl get</c>, in the order written.</summary>
/// <param name="name">Heading.</param>
/// <param name="jsonPath">Simple JSON path of the value.</param>
/// <param name="type">string, integer, number, boolean or date.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class PrinterColumnAttribute(string name, string jsonPath, string type = "string") : Attribute
{
    /// <summary>Heading.</summary>
    public string Name => name;

    /// <summary>JSON path.</summary>
    public string JsonPath => jsonPath;

    /// <summary>Type.</summary>
    public string Type => type;

    /// <summary>Whether it is shown with <c>-o wide</c> only.</summary>
    public bool Wide { get; init; }
}
