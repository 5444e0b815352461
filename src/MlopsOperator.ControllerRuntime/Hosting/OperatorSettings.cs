namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Settings of an operator.</summary>
public sealed class OperatorSettings
{
    /// <summary>Name of the operator: the reporting controller of its Events. Default: operator.</summary>
    public string Name { get; private set; } = "operator";

    /// <summary>Name of this process, mostly the pod's: the reporting instance of its Events. Default: the operator's name.</summary>
    public string? Instance { get; private set; }

    /// <summary>The only namespace that is watched; null, the default, means all. A cache's own namespace wins.</summary>
    public string? Namespace { get; private set; }

    /// <summary>How long one reconciliation may take before its token is cancelled. Default: 60 seconds.</summary>
    public TimeSpan ReconcileTimeout { get; private set; } = TimeSpan.FromSeconds(60);

    internal string ReportingController => Name;

    /// <summary>Sets <see cref="Name"/>: letters, digits, - . _ /, at most 128 characters.</summary>
    public OperatorSettings WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, Limits.EventWordLength, nameof(name));
        Name = name;
        return this;
    }

    /// <summary>Sets <see cref="Instance"/>.</summary>
    public OperatorSettings WithInstance(string? instance)
    {
        Instance = instance;
        return this;
    }

    /// <summary>Sets <see cref="Namespace"/>.</summary>
    public OperatorSettings WithNamespace(string? @namespace)
    {
        Namespace = string.IsNullOrEmpty(@namespace) ? null : @namespace;
        return this;
    }

    /// <summary>Sets <see cref="ReconcileTimeout"/>.</summary>
    public OperatorSettings WithReconcileTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ReconcileTimeout = timeout;
        return this;
    }
}
