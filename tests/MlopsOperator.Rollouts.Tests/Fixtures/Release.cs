using System.Globalization;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Statistics.Evidence;
using TestResult = MlopsOperator.Api.Rollouts.TestResult;

namespace MlopsOperator.Rollouts.Tests.Fixtures;

/// <summary>
/// A rollout in a small world: pods, gateways and a clock that move only when a test says so. Every decision is applied the way a reconciler would, and
/// what it writes is kept in <see cref="Writes"/>.
/// </summary>
internal sealed class Release
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly string DigestOfB = "sha256:" + new string('b', 64);

    private long round;

    private Release(ModelRolloutSpec spec, int replicas)
    {
        Spec = spec;
        Intent = new DeploymentIntent
        {
            Namespace = "prod",
            Name = "delays",
            WantedRevision = spec.To.Revision,
            Replicas = replicas,
            ProgressDeadline = TimeSpan.FromMinutes(10),
            Hosts = ["delays.prod"],
            Path = "/",
            Timeout = TimeSpan.FromSeconds(30),
        };
        Candidate = new RevisionObservation { Service = "delays-b", Port = 8080, GoldenTests = 2, Digest = DigestOfB };
        Stable = spec.From is null
            ? null
            : new RevisionObservation { Service = "delays-a", Port = 8080, Exists = true, DesiredReplicas = replicas, ReadyEndpoints = replicas };
        Gateways = [Gateway("gw-1"), Gateway("gw-2")];
    }

    internal ModelRolloutSpec Spec { get; set; }

    internal ModelRolloutStatus Record { get; set; } = new();

    internal DeploymentIntent Intent { get; set; }

    internal RevisionObservation Candidate { get; set; }

    internal RevisionObservation? Stable { get; set; }

    internal List<GatewayObservation> Gateways { get; set; }

    internal bool GatewaysSettled { get; set; } = true;

    internal DateTimeOffset? JudgingSince { get; set; } = Start;

    /// <summary>Decisions that raised the sequence though the route's content stayed the same.</summary>
    internal int NeedlessRises { get; private set; }

    internal bool IsNewest { get; set; } = true;

    internal IReadOnlyCollection<string> RevisionsOfNewer { get; set; } = [];

    /// <summary>Sequence of the stored route.</summary>
    internal long RouteSequence { get; set; }

    internal DateTimeOffset Now { get; set; } = Start;

    internal WantedState Wanted { get; private set; } = new();

    internal RolloutDecision Last { get; private set; } = null!;

    internal List<EvidenceRound> Evidence { get; } = [];

    /// <summary>Requests whose status says nothing yet, the oldest first; those that are answered stay, as if the status were never written.</summary>
    internal List<PendingRequest> Requests { get; } = [];

    /// <summary>What requests to this rollout are bound to.</summary>
    internal RequestedRollout Self => new() { Name = $"delays-{Text(Spec.Number)}", Uid = "uid-" + Text(Spec.Number) };

    internal RolloutPause? PauseBefore { get; set; }

    internal IReadOnlyList<TestResult>? TestResults { get; set; }

    /// <summary>All that a reconciler would have written, in its order.</summary>
    internal List<string> Writes { get; } = [];

    internal int Weight => Record.Weights?.Candidate ?? 0;

    internal static Release First(int replicas = 3, RolloutStrategySpec? strategy = null) =>
        new(new ModelRolloutSpec { Deployment = "delays", Number = 1, To = Revision("b"), Strategy = strategy ?? Canary() }, replicas);

    internal static Release FromAToB(int replicas = 3, RolloutStrategySpec? strategy = null) =>
        new(
            new ModelRolloutSpec
            {
                Deployment = "delays",
                Number = 2,
                FirstSequence = 7,
                From = Revision("a"),
                To = Revision("b"),
                Strategy = strategy ?? Canary(),
                Baseline = new BaselineEvidence { Revision = "a", Interval = "1s", Blocks = 600, Requests = 600_000, Errors = 600, ErrorSquares = 1200 },
            },
            replicas);

    /// <summary>Weights with one minute of waiting, a scrape a second, a ceiling of 1 %.</summary>
    internal static RolloutStrategySpec Canary(params string[] weights) => new()
    {
        Canary = new CanaryStrategy
        {
            Steps = [.. (weights.Length > 0 ? weights : ["10%", "50%"]).Select(w => new CanaryStep { Weight = w, Wait = "1m" })],
        },
        Analysis = new AnalysisSpec
        {
            Interval = "1s",
            Metrics = [new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "1%", Ratio = 1.5, Floor = "0.1%" }, Required = true }],
        },
        Bake = "2m",
    };

    internal static RolloutRevision Revision(string name) => new() { Revision = name, ModelVersion = "delays-" + name };

    internal RolloutInputs Inputs() => new()
    {
        Now = Now,
        Spec = Spec,
        Record = Record,
        Intent = Intent,
        Candidate = Candidate,
        Stable = Stable,
        Traffic = new TrafficObservation { Gateways = [.. Gateways], GatewaysSettled = GatewaysSettled, JudgingSince = JudgingSince },
        TestResults = TestResults,
        Evidence = [.. Evidence],
        IsNewest = IsNewest,
        RevisionsOfNewer = RevisionsOfNewer,
        RouteSequence = RouteSequence,
        Rollout = Self,
        Requests = [.. Requests],
        PauseBefore = PauseBefore,
        FreshSalt = "salt",
    };

    /// <summary>One decision, saved and applied.</summary>
    internal RolloutDecision Decide()
    {
        var before = Record;
        var decision = RolloutEngine.Decide(Inputs());
        if (decision.Record.Sequence > before.Sequence && string.Equals(decision.Record.Route?.ContentHash, before.Route?.ContentHash, StringComparison.Ordinal))
        {
            NeedlessRises++;
        }

        Evidence.Clear();
        TestResults = null;
        Record = decision.Record;
        if (!RecordComparison.Same(before, decision.Record))
        {
            Log(before, decision.Record);
        }

        Apply(decision.Wanted);
        Last = decision;
        return decision;
    }

    /// <summary>Somebody creates a request, bound to this rollout and its present step where that is needed.</summary>
    internal Release Ask(RequestAction action, string by = "jane@example.com", string? name = null, bool full = false, bool force = false, int? step = null, RequestedRollout? rollout = null)
    {
        var bound = action is RequestAction.Promote or RequestAction.Approve or RequestAction.Retry;
        var stepped = action is RequestAction.Approve || (action is RequestAction.Promote && !full);
        var number = Text(Requests.Count + 1);
        return Ask(name ?? "request-" + number, new RolloutRequestSpec
        {
            Deployment = "delays",
            Action = action,
            RequestedBy = by,
            Reason = "because",
            Rollout = rollout ?? (bound ? Self : null),
            Step = step ?? (stepped ? Record.Step.Index + 1 : null),
            Full = full,
            Force = force,
        });
    }

    internal Release Ask(string name, RolloutRequestSpec spec)
    {
        Requests.Add(new PendingRequest { Uid = "request-uid-" + Text(Requests.Count + 1), Name = name, Spec = spec });
        return this;
    }

    /// <summary>What became of the request that was created last.</summary>
    internal RecordedRequest LastAnswer => AnswerTo(Requests.Count);

    /// <summary>What became of a request, counted from 1.</summary>
    internal RecordedRequest AnswerTo(int number) => Record.Requests!.Single(r => string.Equals(r.Uid, "request-uid-" + Text(number), StringComparison.Ordinal));

    /// <summary>Decisions until nothing moves while the world stands still.</summary>
    internal Release Settle()
    {
        for (var i = 0; i < 50; i++)
        {
            if (!Decide().MustSave)
            {
                return this;
            }
        }

        throw new InvalidOperationException($"The record does not come to rest: {Record.Phase} {Record.Step.Name} {Record.Message}");
    }

    internal Release After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Time passes while the operator looks at least every half minute.</summary>
    internal Release Watched(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            Now = end - Now > TimeSpan.FromSeconds(30) ? Now.AddSeconds(30) : end;
            Decide();
        }

        return this;
    }

    /// <summary>Pods are what was last wanted, and ready.</summary>
    internal Release PodsFollow()
    {
        Candidate = Follow(Candidate, Wanted.CandidateReplicas);
        Stable = Stable is null ? null : Follow(Stable, Wanted.StableReplicas);
        return this;
    }

    internal Release CandidatePods(int ready)
    {
        Candidate = Candidate with { Exists = true, ReadyEndpoints = ready };
        return this;
    }

    internal Release StablePods(int ready)
    {
        Stable = Stable! with { ReadyEndpoints = ready };
        return this;
    }

    /// <summary>Every gateway is scraped and reports the newest route, nothing in flight.</summary>
    internal Release GatewaysConfirm()
    {
        Gateways = [.. Gateways.Select(g => g with { Sequence = Record.Sequence, ScrapedAt = Now, InFlight = new Dictionary<string, double>(StringComparer.Ordinal) })];
        return this;
    }

    internal Release TestsPass()
    {
        TestResults = [new TestResult { Name = "one", Passed = true }, new TestResult { Name = "two", Passed = true }];
        return this;
    }

    internal Release TestsFail(string message)
    {
        TestResults = [new TestResult { Name = "one", Passed = true }, new TestResult { Name = "two", Message = message }];
        return this;
    }

    /// <summary>A second of traffic that every gateway reports, shared by weight.</summary>
    internal Release Traffic(double requests = 1000, double candidateErrorRate = 0.0005, double stableErrorRate = 0.0005)
    {
        var candidate = Math.Round(requests * Weight / 10_000);
        return Block(candidate, Math.Round(candidate * candidateErrorRate), requests - candidate, Math.Round((requests - candidate) * stableErrorRate));
    }

    /// <summary>A second that gateways report.</summary>
    internal Release Block(double requests, double errors, double stableRequests, double stableErrors, long? sequence = null)
    {
        var from = Now;
        Now += TimeSpan.FromSeconds(1);
        Evidence.Add(new EvidenceRound
        {
            Round = ++round,
            From = from,
            To = Now,
            Sequence = sequence ?? Record.Sequence,
            Complete = true,
            Arms = new Dictionary<string, ArmBlock>(StringComparer.Ordinal)
            {
                ["b"] = new() { Requests = requests, Errors = errors },
                ["a"] = new() { Requests = stableRequests, Errors = stableErrors },
            },
        });
        return this;
    }

    /// <summary>The world goes along, second by second, until something is so.</summary>
    internal Release RunUntil(Func<Release, bool> reached, Action<Release>? traffic = null, int seconds = 3000)
    {
        for (var i = 0; i < seconds; i++)
        {
            PodsFollow();
            GatewaysConfirm();
            Decide();
            if (reached(this))
            {
                return this;
            }

            if (Wanted.RunGoldenTests)
            {
                TestsPass();
            }

            if (traffic is null)
            {
                Traffic();
            }
            else
            {
                traffic(this);
            }
        }

        throw new InvalidOperationException($"Not reached after {Text(seconds)} s: {Record.Phase} {Record.Step.Name}: {Record.Message}");
    }

    internal Release RunUntil(RolloutPhase phase, Action<Release>? traffic = null, int seconds = 3000) =>
        RunUntil(r => r.Record.Phase == phase, traffic, seconds);

    /// <summary>The world goes along until the candidate has a weight that gateways confirmed.</summary>
    internal Release RunUntilWeight(int weight) => RunUntil(r => r.Weight == weight && r.Record.Step.AcknowledgedAt is not null);

    /// <summary>The world goes along until a step begins.</summary>
    internal Release RunUntilStep(string name) => RunUntil(r => string.Equals(r.Record.Step.Name, name, StringComparison.Ordinal));

    /// <summary>The world goes along for a while.</summary>
    internal Release Run(int seconds, Action<Release>? traffic = null)
    {
        var end = Now.AddSeconds(seconds);
        return RunUntil(r => r.Now >= end, traffic ?? (r => r.After(TimeSpan.FromSeconds(1))), seconds + 10);
    }

    internal bool HasHold(string name) => Record.Holds?.Any(h => string.Equals(h.Name, name, StringComparison.Ordinal)) == true;

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "deleted";

    private static GatewayObservation Gateway(string name) => new() { Name = name, Ready = true };

    private static RevisionObservation Follow(RevisionObservation revision, int? wanted) => revision with
    {
        Exists = wanted is not null,
        DesiredReplicas = wanted ?? 0,
        ReadyEndpoints = wanted ?? 0,
        Pods = wanted ?? 0,
    };

    private void Log(ModelRolloutStatus before, ModelRolloutStatus after)
    {
        var promoted = after.PromotedAt is not null && before.PromotedAt is null ? " promoted" : "";
        var removed = after.TrafficRemovedAt is not null && before.TrafficRemovedAt is null ? " traffic-removed" : "";
        var drained = after.Clocks.DrainedSince is not null && before.Clocks.DrainedSince is null ? " drained" : "";
        var tests = after.Tests is not null && before.Tests is null ? " tests" : "";
        var acknowledged = after.Step.AcknowledgedAt is not null && before.Step.AcknowledgedAt is null ? " acknowledged" : "";
        Writes.Add($"record {after.Phase} {after.Step.Name} w={Text(after.Weights?.Candidate ?? 0)}{tests}{acknowledged}{promoted}{removed}{drained}");
    }

    private void Apply(WantedState decided)
    {
        // What a rollout does not touch stays as it was.
        var wanted = decided with
        {
            CandidateReplicas = decided.TouchesCandidate ? decided.CandidateReplicas : Wanted.CandidateReplicas,
            StableReplicas = decided.TouchesStable ? decided.StableReplicas : Wanted.StableReplicas,
        };
        if (wanted.CandidateReplicas != Wanted.CandidateReplicas)
        {
            Writes.Add($"b={Text(wanted.CandidateReplicas)}");
        }

        if (wanted.StableReplicas != Wanted.StableReplicas && Stable is not null)
        {
            Writes.Add($"a={Text(wanted.StableReplicas)}");
        }

        if (wanted.Route is { } route && route.Sequence != Wanted.Route?.Sequence)
        {
            Writes.Add($"route {Text(route.Sequence)}: " + string.Join(' ', route.Backends.Select(b => $"{b.Role.ToString().ToLowerInvariant()}={b.Revision}:{Text(b.Weight)}")));
        }

        Wanted = wanted;
    }
}
