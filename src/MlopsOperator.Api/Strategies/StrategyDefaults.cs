namespace MlopsOperator.Api.Strategies;

/// <summary>What a strategy means where it says nothing, and the built-in strategy of deployments that name none.</summary>
public static class StrategyDefaults
{
    /// <summary>Time at the first weight, where its step does not say.</summary>
    public const string Wait = "5m";

    /// <summary>Time between scrapes.</summary>
    public const string Interval = "10s";

    /// <summary>How long a required metric may lack data at one step.</summary>
    public const string UnknownAfter = "1h";

    /// <summary>How long the old revision stays ready after promotion.</summary>
    public const string Bake = "10m";

    /// <summary>Share of errors below which the ratio to stable does not matter.</summary>
    public const string Floor = "0.1%";

    /// <summary>Weights of the built-in canary.</summary>
    public static IReadOnlyList<string> CanaryWeights { get; } = ["5%", "10%", "25%", "50%"];

    /// <summary>Metrics of a strategy that names none: errors must be proved, latency guards.</summary>
    public static IReadOnlyList<AnalysisMetric> Metrics { get; } =
    [
        new() { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "1%", Ratio = 1.5, Floor = Floor }, Required = true },
        new() { Name = "latency", Latency = new LatencyRule() },
    ];

    /// <summary>A strategy with everything said. The same for the same input; resolving twice changes nothing.</summary>
    /// <param name="spec">The user's strategy; null for the built-in canary.</param>
    /// <returns>A copy in which only the other strategies, an absent ceiling, an absent ratio, and a metric's other kind are null.</returns>
    public static RolloutStrategySpec Resolve(RolloutStrategySpec? spec) => new()
    {
        Canary = spec is null or { BlueGreen: null, Recreate: null } ? new CanaryStrategy { Steps = ResolveSteps(spec?.Canary?.Steps) } : null,
        BlueGreen = spec?.BlueGreen,
        Recreate = spec?.Recreate,
        Analysis = spec?.Recreate is null ? ResolveAnalysis(spec?.Analysis) : null,
        Tests = spec?.Tests ?? new TestsSpec(),
        Capacity = spec?.Capacity ?? new CapacitySpec(),
        Bake = spec?.Recreate is null ? spec?.Bake ?? Bake : null,
    };

    private static List<CanaryStep> ResolveSteps(IReadOnlyList<CanaryStep>? steps)
    {
        var wait = Wait;
        var resolved = new List<CanaryStep>();
        foreach (var step in steps ?? [.. CanaryWeights.Select(weight => new CanaryStep { Weight = weight })])
        {
            wait = step.Wait ?? wait;
            resolved.Add(step with { Wait = wait });
        }

        return resolved;
    }

    private static AnalysisSpec ResolveAnalysis(AnalysisSpec? analysis) => new()
    {
        Interval = analysis?.Interval ?? Interval,
        Advance = analysis?.Advance ?? AdvanceMode.Proved,
        Metrics = [.. (analysis?.Metrics ?? Metrics).Select(ResolveMetric)],
        Unknown = new UnknownPolicy { After = analysis?.Unknown?.After ?? UnknownAfter, Then = analysis?.Unknown?.Then ?? UnknownAction.Hold },
    };

    private static AnalysisMetric ResolveMetric(AnalysisMetric metric) =>
        metric.ErrorRate is { Floor: null } rule ? metric with { ErrorRate = rule with { Floor = Floor } } : metric;
}
