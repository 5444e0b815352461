using System.Collections.Concurrent;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>Looks at the API and at the traffic several times a second, remembers what it saw, and shows it.</summary>
internal sealed class RolloutWatcher : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<ModelRollout> _changes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterApi _api;
    private readonly TrafficLog _traffic;
    private readonly IDemoView _view;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Task<string?> _following;
    private readonly SortedDictionary<int, SeenRollout> _seen = [];
    private readonly Queue<(TimeSpan At, IReadOnlyDictionary<string, AnswerCount> Counts)> _window = new();

    /// <summary>Begins to watch.</summary>
    public RolloutWatcher(ClusterApi api, TrafficLog traffic, IDemoView view, TimeProvider time)
    {
        (_api, _traffic, _view, _time, _started) = (api, traffic, view, time, time.GetTimestamp());
        _following = FollowAsync(_stop.Token);
    }

    /// <summary>Time since the cluster was up.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

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
        var begun = _time.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks, _time);
        while (true)
        {
            var deployment = await LookAsync(cancellationToken);
            if (await done(deployment, Newest))
            {
                return;
            }

            if (_time.GetElapsedTime(begun) > within)
            {
                throw await ExplainAsync(FormattableString.Invariant($"{what} did not happen within {within.TotalSeconds:0} s."), deployment, cancellationToken);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    /// <summary>Follows the rollouts, so that no version of a record is missed between two looks; null when cancelled, else what ended it.</summary>
    private async Task<string?> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var rollout in _api.WatchRolloutsAsync(cancellationToken))
            {
                if (rollout.Spec.Deployment is DemoNames.Deployment)
                {
                    _changes.Enqueue(rollout);
                }
            }

            return null;
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && DemoFailure.Sentence(error) is not null)
        {
            return null;
        }
        catch (Exception error) when (DemoFailure.Sentence(error) is not null)
        {
            // The next look tells it: from here nobody would hear of it.
            return error.Message;
        }
    }

    /// <summary>All that was seen.</summary>
    public DemoSummary Summary()
    {
        var totals = _traffic.ByVersion();
        var all = _traffic.Total();
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

    private async Task<DemoFailure> ExplainAsync(string sentence, ModelDeployment? deployment, CancellationToken cancellationToken)
    {
        var troubled = new List<string>();
        foreach (var @namespace in new[] { DemoNames.SystemNamespace, DemoNames.Namespace })
        {
            troubled.AddRange(await _api.TroubledPodsAsync(@namespace, cancellationToken));
        }

        var condition = deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type is "Ready")?.Message;
        return new DemoFailure(string.Join(
            Environment.NewLine,
            new[] { sentence, $"Last seen: {Words.Rollout(Newest)}. {Newest?.Status?.Message}", condition ?? "The operator has not looked at the ModelDeployment yet." }.Concat(troubled)));
    }

    private async Task<ModelDeployment?> LookAsync(CancellationToken cancellationToken)
    {
        if (_following.IsCompleted && await _following is { } broken)
        {
            throw new DemoFailure($"The watch of the ModelRollouts broke, so that what happens to them is not seen any more: {broken}");
        }

        var deployment = await _api.GetAsync<ModelDeployment>("modeldeployments", DemoNames.Deployment, cancellationToken);
        var counts = _traffic.ByVersion();
        while (_changes.TryDequeue(out var rollout))
        {
            if (!_seen.TryGetValue(rollout.Spec.Number, out var known))
            {
                _seen[rollout.Spec.Number] = known = new SeenRollout();
            }

            known.Look(rollout, counts);
        }

        _view.Show(new DemoState(Elapsed, Chapter, deployment?.Status, Newest, Rates(counts), counts));
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
