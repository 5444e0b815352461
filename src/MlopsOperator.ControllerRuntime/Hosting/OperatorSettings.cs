using MlopsOperator.ControllerRuntime.LeaderElection;

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

    /// <summary>How long after a list the next one checks what a watch showed; up to a fifth more, at random. Default: 30 minutes.</summary>
    public TimeSpan CompareEvery { get; private set; } = TimeSpan.FromMinutes(30);

    /// <summary>The lease that decides which process works; null, the default, without leader election.</summary>
    public LeaderElectionSettings? LeaderElection { get; private set; }

    internal string ReportingController => Name;

    /// <summary>Sets <see cref="CompareEvery"/>.</summary>
    public OperatorSettings WithCompareEvery(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        CompareEvery = interval;
        return this;
    }

    /// <summary>
    /// With <see cref="LeaderElectionType.Single"/>, only the process that holds a Lease reconciles, writes and sends Events; when it loses the
    /// lease, <see cref="OperatorRuntime.RunAsync(CancellationToken)"/> throws <see cref="LeadershipLostException"/>. Throws
    /// <see cref="ArgumentException"/> unless lease duration > renew deadline > retry period x 1.2.
    /// </summary>
    public OperatorSettings WithLeaderElection(LeaderElectionType type, Action<LeaderElectionSettings>? configure = null)
    {
        LeaderElection = null;
        if (type == LeaderElectionType.Single)
        {
            var election = new LeaderElectionSettings();
            configure?.Invoke(election);
            election.Check();
            LeaderElection = election;
        }

        return this;
    }

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
