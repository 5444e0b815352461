using System.Text.Json.Nodes;
using MlopsOperator.Scale.Cluster;
using MlopsOperator.Scale.Programs;
using static System.FormattableString;

namespace MlopsOperator.Scale.Measuring;

/// <summary>The measurement from start to end, on a cluster that has the installation and a node.</summary>
internal sealed class Measurement(ScaleApi api, ScaleSettings settings, WatchedKinds kinds, string folder, TimeProvider time)
{
    private const int HealthPort = 18081;
    private const double MemoryGoalMiB = 350;
    private const double FirstActionGoalSeconds = 1;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private int _changed;

    public async Task RunAsync(Figures figures, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await CreateAllAsync(cancellationToken);
        figures.Add("raw client: ModelDeployments created, 4 at a time", $"{Figures.Number(settings.Deployments / time.GetElapsedTime(started).TotalSeconds)} a second");

        await using (var program = OperatorProcess.Start(folder, HealthPort, time))
        {
            await program.UntilReadyAsync(cancellationToken);
            await FirstRunAsync(program, figures, cancellationToken);
            await SettledAsync("settled", program, figures, cancellationToken);
            await SingleChangesAsync("nothing under way", figures, cancellationToken);
            await ManyChangesAsync(program, figures, cancellationToken);
            await UnderWayAsync(program, figures, cancellationToken);
            await SingleChangesAsync(Invariant($"{UnderWay()} rollouts under way"), figures, cancellationToken);
            figures.Add("memory, most that was resident", program.Program.PeakMiB(), "MiB", MemoryGoalMiB);
        }

        await using var again = OperatorProcess.Start(folder, HealthPort, time);
        await again.UntilReadyAsync(cancellationToken);
        figures.Add("cold start with everything there, to complete caches", Figures.Seconds(again.ColdStart));
        await SingleChangesAsync("just started", figures, cancellationToken);
        await UnderWayAsync(again, figures, cancellationToken);
        figures.Add("memory after the second start, most that was resident", again.Program.PeakMiB(), "MiB", MemoryGoalMiB);
    }

    private async Task CreateAllAsync(CancellationToken cancellationToken)
    {
        var numbers = Enumerable.Range(0, settings.Deployments);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (number, token) => await api.CreateAsync(
            Installation.Deployments(settings.NamespaceOf(number)),
            $$$"""{"apiVersion":"mlops-operator.io/v1alpha1","kind":"ModelDeployment","metadata":{"name":"{{{ScaleSettings.NameOf(number)}}}"},"spec":{"modelVersionRef":{"name":"model-v1"},"replicas":1}}""",
            token));
    }

    private async Task FirstRunAsync(OperatorProcess program, Figures figures, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp() - (long)(program.ColdStart.TotalSeconds * time.TimestampFrequency);
        figures.Add("first start, to complete caches", Figures.Seconds(program.ColdStart));
        await UntilAsync("every ModelDeployment observed", () => Count(IsObserved) == settings.Deployments, cancellationToken);
        figures.Add(Invariant($"first start, to all {settings.Deployments} ModelDeployments observed"), Figures.Seconds(time.GetElapsedTime(started)));
        figures.Add("processor time of the operator until then", Figures.Seconds(program.Program.ProcessorTime()));
        await UntilAsync("every ModelDeployment serving", () => Count(IsServing) == settings.Deployments, cancellationToken);
        var writes = await program.WritesAsync(cancellationToken);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        figures.Add(Invariant($"first start, to all {settings.Deployments} serving (controllers and scheduler of the cluster included)"), Invariant($"{seconds:0.0} s, {writes:0} writes of the operator"));
        figures.Add("processor time of the operator until then", Figures.Seconds(program.Program.ProcessorTime()));
        figures.Add("writes of the operator a second, against the raw client's", Figures.Number(writes / seconds));
        figures.Add("memory, when all serve", program.Program.ResidentMiB(), "MiB", MemoryGoalMiB);
    }

    private async Task SettledAsync(string when, OperatorProcess program, Figures figures, CancellationToken cancellationToken)
    {
        var (changes, last) = (kinds.Changes, time.GetTimestamp());
        await UntilAsync(
            Invariant($"no change for {Quiet.TotalSeconds} s"),
            () =>
            {
                if (kinds.Changes != changes)
                {
                    (changes, last) = (kinds.Changes, time.GetTimestamp());
                }

                return time.GetElapsedTime(last) >= Quiet;
            },
            cancellationToken);
        var (writes, processor) = (await program.WritesAsync(cancellationToken), program.Program.ProcessorTime());
        var before = kinds.ByKind();
        await WaitAsync(Window, cancellationToken);
        figures.Add(Invariant($"{when}: requests of the operator that write, in {Window.TotalSeconds} s"), await program.WritesAsync(cancellationToken) - writes, "requests", 0);
        figures.Add($"{when}: changes of watched objects in the same time", kinds.Changes - before.Values.Sum(), "changes", 0);
        figures.Add($"{when}: processor time of the operator", Share(program.Program.ProcessorTime() - processor));
    }

    private async Task SingleChangesAsync(string when, Figures figures, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var sample = 0; sample < settings.Samples; sample++)
        {
            var number = _changed++;
            var sent = time.GetTimestamp();
            await ChangeAsync(number, cancellationToken);
            var key = await UntilRolloutAsync(number, cancellationToken);
            times.Add(time.GetElapsedTime(sent, kinds.Rollouts.FirstSeen[key]).TotalSeconds);
        }

        times.Sort();
        figures.Add($"{when}: spec change to first action (its ModelRollout), median of {times.Count}", times[times.Count / 2], "s", FirstActionGoalSeconds);
        figures.Add($"{when}: spec change to first action, longest", times[^1], "s", FirstActionGoalSeconds);
    }

    private async Task ManyChangesAsync(OperatorProcess program, Figures figures, CancellationToken cancellationToken)
    {
        var numbers = Enumerable.Range(_changed, settings.Rollouts).ToList();
        _changed += settings.Rollouts;
        var started = time.GetTimestamp();
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (number, token) => await ChangeAsync(number, token));
        var sent = time.GetElapsedTime(started);
        foreach (var number in numbers)
        {
            await UntilRolloutAsync(number, cancellationToken);
        }

        var last = numbers.Max(number => kinds.Rollouts.FirstSeen[RolloutKey(number)]);
        figures.Add(Invariant($"{settings.Rollouts} spec changes at once: sent in"), Figures.Seconds(sent));
        figures.Add(Invariant($"{settings.Rollouts} spec changes at once: all ModelRollouts there after"), Figures.Seconds(time.GetElapsedTime(started, last)));
        await UntilAsync("every candidate has its first weight", () => numbers.TrueForAll(number => HasWeight(kinds.Rollouts.Objects[RolloutKey(number)])), cancellationToken);
        figures.Add(Invariant($"{settings.Rollouts} spec changes at once: all at their first weight after"), Figures.Seconds(time.GetElapsedTime(started)));
        figures.Add(Invariant($"memory, {UnderWay()} rollouts under way"), program.Program.ResidentMiB(), "MiB", MemoryGoalMiB);
    }

    private async Task UnderWayAsync(OperatorProcess program, Figures figures, CancellationToken cancellationToken)
    {
        var (writes, processor) = (await program.WritesAsync(cancellationToken), program.Program.ProcessorTime());
        var before = kinds.ByKind();
        await WaitAsync(Window, cancellationToken);
        var by = kinds.ByKind().Select(entry => (entry.Key, Count: entry.Value - before[entry.Key])).Where(entry => entry.Count > 0).Select(entry => Invariant($"{entry.Count} {entry.Key}"));
        figures.Add(
            Invariant($"{UnderWay()} rollouts without traffic under way: writes of the operator in {Window.TotalSeconds} s"),
            $"{Figures.Number(await program.WritesAsync(cancellationToken) - writes)} ({string.Join(", ", by)})");
        figures.Add(Invariant($"{UnderWay()} rollouts under way: processor time of the operator"), Share(program.Program.ProcessorTime() - processor));
    }

    private Task<JsonNode> ChangeAsync(int number, CancellationToken cancellationToken) => api.MergeAsync(
        $"{Installation.Deployments(settings.NamespaceOf(number))}/{ScaleSettings.NameOf(number)}",
        """{"spec":{"modelVersionRef":{"name":"model-v2"}}}""",
        cancellationToken);

    private async Task<string> UntilRolloutAsync(int number, CancellationToken cancellationToken)
    {
        var key = RolloutKey(number);
        await UntilAsync($"ModelRollout {key}", () => kinds.Rollouts.FirstSeen.ContainsKey(key), cancellationToken);
        return key;
    }

    // The first brought model-v1 up.
    private string RolloutKey(int number) => $"{settings.NamespaceOf(number)}/{ScaleSettings.NameOf(number)}-2";

    private int UnderWay() => kinds.Rollouts.Objects.Values.Count(rollout => rollout["status"]?["finishedAt"] is null);

    private int Count(Func<JsonNode, bool> has) => kinds.Deployments.Objects.Values.Count(has);

    private static bool IsObserved(JsonNode item) => (long?)item["status"]?["observedGeneration"] == (long?)item["metadata"]!["generation"];

    private static bool IsServing(JsonNode item) => item["status"]?["stable"] is not null && item["status"]?["candidate"] is null;

    private static bool HasWeight(JsonNode rollout) => (int?)rollout["status"]?["weights"]?["candidate"] > 0;

    private static string Share(TimeSpan processor) =>
        Invariant($"{processor.TotalSeconds / Window.TotalSeconds * 100:0.0} % of a core");

    private async Task WaitAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await UntilAsync("the window's end", () => time.GetElapsedTime(started) >= span, cancellationToken);
    }

    private async Task UntilAsync(string what, Func<bool> done, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (!done())
        {
            if (kinds.Failure is { } failure)
            {
                throw new InvalidOperationException($"while waiting for {what}: {failure.Message}", failure);
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException(Invariant($"{what}: not within {Patience.TotalMinutes} minutes"));
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
