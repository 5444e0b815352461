using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>Looks at the API and at the traffic several times a second, remembers what it saw, and shows it.</summary>
internal sealed class RolloutWatcher(ClusterApi api, TrafficLog traffic, IDemoView view, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(2);

    private readonly long _started = time.GetTimestamp();
    private readonly SortedDictionary<int, SeenRollout> _seen = [];
    private readonly Queue<(TimeSpan At, IReadOnlyDictionary<string, AnswerCount> Counts)> _window = new();

    /// <summary>Time since the cluster was up.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>What the demo does now; shown.</summary>
    public string Chapter { get; set; } = "";

    /// <summary>The newest rollout that was seen.</summary>
    public ModelRollout? Newest => _seen.Count == 0 ? null : _seen.Values.Last().Last;

    /// <summary>Looks until <paramref name="done"/> says so; a <see cref="DemoFailure"/> names what was waited for when time is up.</summary>
    public Task UntilAsync(string what, TimeSpan within, Func<ModelDeployment?, ModelRollout?, bool> done, CancellationToken cancellationToken) =>
        UntilAsync(what, within, (deployment, rollout) => ValueTask.FromResult(done(deployment, rollout)), cancellationToken);

    /// <summary>The same, for what must be asked.</summary>
    public async Task UntilAsync(string what, TimeSpan within, Func<ModelDeployment?, ModelRollout?, ValueTask<bool>> done, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (true)
        {
            var deployment = await LookAsync(cancellationToken);
            if (await done(deployment, Newest))
            {
                return;
            }

            if (time.GetElapsedTime(begun) > within)
            {
                throw new DemoFailure(FormattableString.Invariant($"{what} did not happen within {within.TotalSeconds:0} s. Last seen: {Words.Rollout(Newest)}. {Newest?.Status?.Message} {deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type is "Ready")?.Message}"));
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>All that was seen.</summary>
    public DemoSummary Summary()
    {
        var totals = traffic.ByVersion();
        var all = traffic.Total();
        return new DemoSummary
        {
            Rollouts = [.. _seen.Values.Select(seen => seen.Summarize())],
            Traffic = new TrafficSummary
            {
                Requests = all.Requests,
                Errors = all.Errors,
                ByVersion = totals.ToDictionary(total => total.Key, total => new VersionSummary(total.Value.Requests, total.Value.Errors), StringComparer.Ordinal),
            },
        };
    }

    private async Task<ModelDeployment?> LookAsync(CancellationToken cancellationToken)
    {
        var deployment = await api.GetAsync<ModelDeployment>("modeldeployments", DemoNames.Deployment, cancellationToken);
        var counts = traffic.ByVersion();
        foreach (var number in Enumerable.Range(1, deployment?.Status?.LastRollout ?? 0))
        {
            if (_seen.TryGetValue(number, out var known) && known.IsOver)
            {
                continue;
            }

            if (await api.GetAsync<ModelRollout>("modelrollouts", FormattableString.Invariant($"{DemoNames.Deployment}-{number}"), cancellationToken) is { } rollout)
            {
                if (known is null)
                {
                    _seen[number] = known = new SeenRollout();
                }

                known.Look(rollout, counts);
            }
        }

        view.Show(new DemoState(Elapsed, Chapter, deployment?.Status, Newest, Rates(counts), counts));
        return deployment;
    }

    private Dictionary<string, VersionRate> Rates(IReadOnlyDictionary<string, AnswerCount> counts)
    {
        var now = Elapsed;
        _window.Enqueue((now, counts));
        while (now - _window.Peek().At > RateWindow)
        {
            _window.Dequeue();
        }

        var (at, before) = _window.Peek();
        var seconds = (now - at).TotalSeconds;
        if (seconds <= 0)
        {
            return [];
        }

        return counts
            .Select(count => (Version: count.Key, New: count.Value.Since(before.GetValueOrDefault(count.Key))))
            .Where(count => count.New.Requests > 0)
            .ToDictionary(count => count.Version, count => new VersionRate(count.New.Requests / seconds, (double)count.New.Errors / count.New.Requests), StringComparer.Ordinal);
    }
}
