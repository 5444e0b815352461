namespace MlopsOperator.Api.Conditions;

/// <summary>A condition as Kubernetes defines it (<c>metav1.Condition</c>).</summary>
public sealed record Condition
{
    /// <summary>Type, such as Ready.</summary>
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    public string Status { get; init; } = "Unknown";

    /// <summary>One word in CamelCase for programs.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A sentence for people: object, field, expected, found, what to do.</summary>
    public string Message { get; init; } = "";

    /// <summary>When <see cref="Status"/> last changed, whole seconds.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary><c>metadata.generation</c> that was looked at.</summary>
    public long ObservedGeneration { get; init; }
}
