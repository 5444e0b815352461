using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Conditions;

/// <summary>A condition as Kubernetes defines it (<c>metav1.Condition</c>).</summary>
public sealed record Condition
{
    /// <summary>Type, such as Ready.</summary>
    [Length(1, 316)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [EnumValues("True", "False", "Unknown")]
    public string Status { get; init; } = "Unknown";

    /// <summary>One word in CamelCase for programs.</summary>
    [Length(0, 1024)]
    public string Reason { get; init; } = "";

    /// <summary>A sentence for people: object, field, expected, found, what to do.</summary>
    [Length(0, 32768)]
    public string Message { get; init; } = "";

    /// <summary>When <see cref="Status"/> last changed, whole seconds.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary><c>metadata.generation</c> that was looked at.</summary>
    public long ObservedGeneration { get; init; }
}
