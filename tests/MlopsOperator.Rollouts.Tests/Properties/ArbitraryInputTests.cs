using System.Text.Json.Nodes;
using CsCheck;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Properties;

/// <summary>No input throws: not even records that no engine ever wrote.</summary>
public sealed class ArbitraryInputTests
{
    private static readonly Gen<DateTimeOffset> Moments = Gen.OneOf(
        Gen.Const(DateTimeOffset.MinValue),
        Gen.Const(DateTimeOffset.MaxValue),
        Gen.Int[-100_000, 100_000].Select(s => Release.Start.AddSeconds(s)));

    private static readonly Gen<DateTimeOffset?> Maybe = Gen.Frequency((1, Gen.Const((DateTimeOffset?)null)), (2, Moments.Select(m => (DateTimeOffset?)m)));

    private static readonly Gen<int> Numbers = Gen.OneOf(Gen.Int[-3, 12], Gen.OneOf(int.MinValue, int.MaxValue));

    private static readonly Gen<string?> Texts = Gen.OneOf<string?>(null, "", "10%", "-5%", "100%", "1m", "-1s", "NaN", "99999h", "\u0000");

    private static readonly Gen<TimeSpan> Spans = Gen.OneOf(TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.MaxValue);

    private static readonly Gen<RevisionObservation> Revisions =
        from ready in Numbers
        from desired in Numbers
        from exists in Gen.Bool
        from tests in Numbers
        from problem in Texts
        select new RevisionObservation
        {
            Service = "s",
            Port = desired,
            Exists = exists,
            DesiredReplicas = desired,
            ReadyEndpoints = ready,
            GoldenTests = tests,
            Unschedulable = problem,
            Problem = problem,
        };

    private static readonly Gen<RolloutStrategySpec> Strategies =
        from weights in Gen.Select(Texts, Texts, (w, d) => new CanaryStep { Weight = w ?? "", Wait = d }).Array[0, 4]
        from ceiling in Texts
        from ratio in Gen.OneOf<double?>(null, double.NaN, -1, 0, 1.5, double.PositiveInfinity)
        from quantile in Gen.OneOf(double.NaN, -1, 0.5, 2)
        from interval in Texts
        from minPods in Numbers
        select new RolloutStrategySpec
        {
            Canary = new CanaryStrategy { Steps = weights },
            Bake = interval,
            Capacity = new CapacitySpec { MinPods = minPods },
            Analysis = new AnalysisSpec
            {
                Interval = interval,
                Unknown = new UnknownPolicy { After = interval },
                Metrics =
                [
                    new AnalysisMetric { ErrorRate = new ErrorRateRule { Ceiling = ceiling, Ratio = ratio, Floor = ceiling }, Required = true },
                    new AnalysisMetric { Latency = new LatencyRule { Quantile = quantile, Excess = ceiling ?? "" } },
                    new AnalysisMetric(),
                ],
            },
        };

    private static readonly Gen<ModelRolloutStatus> Records =
        from phase in Gen.Enum<RolloutPhase>()
        from moments in Maybe.Array[8]
        from index in Numbers
        from weights in Gen.Select(Numbers, Numbers, (s, c) => new RolloutWeights { Stable = s, Candidate = c })
        from sequence in Gen.OneOf(0L, 5L, -1L, long.MaxValue - 1)
        from used in Gen.OneOf(0.0, double.NaN, double.PositiveInfinity, -5)
        from judge in Gen.OneOf<Func<JsonNode?>>(() => null, () => 3, () => new JsonObject(), () => new JsonObject { ["guards"] = new JsonArray(1, "x") })
        from replicas in Numbers
        select new ModelRolloutStatus
        {
            Phase = phase,
            StartedAt = moments[0],
            FinishedAt = moments[1],
            PromotedAt = moments[2],
            TrafficRemovedAt = moments[3],
            Step = new RolloutStep { Index = index, StartedAt = moments[4], AcknowledgedAt = moments[5], LapsedSeconds = used, LapsesCountedTo = moments[3] },
            Weights = index % 2 == 0 ? weights : null,
            Sequence = sequence,
            BaseReplicas = replicas,
            Clocks = new RolloutClocks { DeadlineUsedSeconds = used, LastSeen = moments[6], DrainedSince = moments[7], UnknownSince = moments[0], LapsedSince = moments[2] },
            Route = index % 3 == 0 ? new RolloutRoute { ExposedAt = moments[6], Replicas = replicas, Floor = sequence, Lease = used == 0 ? "1m" : "soon" } : null,
            Evidence = new JsonObject { ["judge"] = judge(), ["weightBlocks"] = 4 },
        };

    [Fact]
    public void No_input_throws_and_weights_always_sum_to_the_total()
    {
        var inputs =
            from record in Records
            from strategy in Strategies
            from candidate in Revisions
            from stable in Revisions
            from now in Moments
            from replicas in Numbers
            from wanted in Gen.OneOf("", "a", "b", "c")
            from flags in Gen.Bool.Array[5]
            from span in Spans
            from left in Maybe
            select Make(record, strategy, (candidate, stable), now, replicas, wanted, flags, span, left);

        inputs.Sample(
            input =>
            {
                var decision = RolloutEngine.Decide(input);
                if (decision.Record.Weights is { } weights && !ReferenceEquals(decision.Record, input.Record))
                {
                    (weights.Stable + weights.Candidate).Should().Be(10_000);
                    weights.Candidate.Should().BeInRange(0, 10_000);
                }

                decision.Wanted.CandidateReplicas.GetValueOrDefault().Should().BeGreaterThanOrEqualTo(0);
                decision.Wanted.StableReplicas.GetValueOrDefault().Should().BeGreaterThanOrEqualTo(0);
            },
            iter: 5000,
            threads: 1);
    }

    private static RolloutInputs Make(
        ModelRolloutStatus record,
        RolloutStrategySpec strategy,
        (RevisionObservation Candidate, RevisionObservation Stable) revisions,
        DateTimeOffset now,
        int replicas,
        string wanted,
        bool[] flags,
        TimeSpan span,
        DateTimeOffset? left) => new()
        {
            Now = now,
            Record = record,
            Spec = new ModelRolloutSpec
            {
                From = flags[0] ? Release.Revision("a") : null,
                To = Release.Revision("b"),
                Strategy = strategy,
                FirstSequence = record.Sequence,
                Baseline = new BaselineEvidence { Revision = "a", Blocks = double.NaN },
            },
            Intent = new DeploymentIntent
            {
                Namespace = "n",
                Name = "d",
                WantedRevision = wanted,
                Replicas = replicas,
                ProgressDeadline = span,
                Hosts = [],
                Path = "/",
                Timeout = span,
                ExposureLease = span,
                Paused = flags[1],
                Contested = flags[2],
            },
            Candidate = revisions.Candidate,
            Stable = flags[3] ? revisions.Stable : null,
            Traffic = new TrafficObservation
            {
                GatewaysSettled = flags[1],
                JudgingSince = left,
                Gateways =
                [
                    new GatewayObservation
                    {
                        Name = "g",
                        Ready = flags[4],
                        LeftAt = left,
                        Sequence = record.Sequence,
                        ScrapedAt = left,
                        Lapse = span,
                        FloorsNamed = new Dictionary<long, DateTimeOffset> { [record.Sequence] = left ?? now, [0] = DateTimeOffset.MaxValue },
                    },
                    new GatewayObservation { Name = "h", Ready = flags[4], ScrapedAt = left, Lapse = span },
                ],
            },
            Evidence =
            [
                new EvidenceRound
                {
                    Round = 1,
                    From = now,
                    To = now,
                    Sequence = record.Sequence,
                    Arms = new Dictionary<string, Statistics.Evidence.ArmBlock>(StringComparer.Ordinal) { ["b"] = new() { Requests = double.NaN, Errors = replicas, Durations = [1, 2] } },
                },
            ],
            IsNewest = flags[4] || flags[2],
        };
}
