using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class LatencyGuardTests
{
    private static readonly JudgeSettings Settings = Strategies.Only(Strategies.LatencyGuard);

    [Fact]
    public void The_threshold_is_frozen_at_stables_quantile_after_thirty_blocks()
    {
        var learning = Judge.Begin(Settings).Observe(Settings, Timed(20, 30), 29);
        var frozen = learning.Observe(Settings, Timed(20, 30));
        var later = frozen.Observe(Settings, Timed(20, 40), 50);

        learning.Guards[0].SlowAbove.Should().BeNull();
        frozen.Guards[0].Reference.Should().BeNull("what is not needed any more is not kept");
        frozen.Guards[0].SlowAbove.Should().Be(30);
        frozen.Guards[0].SeenCandidate.Requests.Should().Be(0, "a threshold is not held against what it was taken from");
        later.Guards[0].SlowAbove.Should().Be(30);
        later.Guards[0].SeenCandidate.Requests.Should().Be(50 * 100);
    }

    [Fact]
    public void Blocks_without_durations_of_stable_teach_nothing()
    {
        var state = Judge.Begin(Settings).Observe(Settings, Blocks.Of(100, 0, 100, 0), 60);

        state.Guards[0].Reference!.Blocks.Should().Be(0);
        state.Verdict(Settings, Strategies.Latency).Reason.Should().Be(VerdictReasons.NoTraffic);
    }

    [Fact]
    public void Slow_requests_of_the_candidate_fail_it_and_the_value_is_their_share()
    {
        var learned = Judge.Begin(Settings).Observe(Settings, Timed(20, 20), 30);
        var slow = learned.Observe(Settings, new() { Candidate = Arm(35), Stable = Arm(20) }, 20);

        slow.FailedGuard.Should().Be(Strategies.Latency);
        slow.Verdict(Settings, Strategies.Latency).Candidate.Should().Be(1);
        slow.Verdict(Settings, Strategies.Latency).Stable.Should().Be(0);
        slow.Verdict(Settings, Strategies.Latency).Threshold.Should().BeApproximately(0.01, 1e-12, "a fifth of 1 − 0.95 matters even where stable has none");
    }

    [Theory]
    [InlineData(65)]
    [InlineData(67)]
    public void Durations_in_other_buckets_than_ours_make_the_block_invalid(int buckets)
    {
        var block = new EvidenceBlock { Candidate = new() { Requests = 1, Durations = new double[buckets] } };

        Judge.Begin(Settings).Observe(Settings, block).InvalidBlocks.Should().Be(1);
    }

    // 100 requests of each arm, all in one bucket but for the candidate's.
    private static EvidenceBlock Timed(int candidateBucket, int stableBucket) => new() { Candidate = Arm(candidateBucket), Stable = Arm(stableBucket) };

    private static ArmBlock Arm(int bucket)
    {
        var durations = new double[LatencyHistogram.BucketCount];
        durations[bucket] = 100;
        return new() { Requests = 100, Durations = durations };
    }
}
