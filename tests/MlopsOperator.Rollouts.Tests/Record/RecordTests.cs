using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Record;

public sealed class RecordTests
{
    [Fact]
    public void Evidence_reads_back_as_it_was()
    {
        var release = Release.FromAToB().RunUntilWeight(5000).Run(20, r => r.Traffic());
        var state = EvidenceCodec.Decode(release.Record.Evidence);
        state.Judge.Should().NotBeNull();
        state.LastBlockAt.Should().NotBeNull();
        EvidenceCodec.Encode(state)!.ToJsonString().Should().Be(release.Record.Evidence!.ToJsonString());
    }

    [Fact]
    public void The_evidence_of_a_long_rollout_stays_small()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Run(2000, r => r.Traffic(requests: 7));
        release.Record.Evidence!.ToJsonString().Length.Should().BeLessThan(16_384);
    }

    [Fact]
    public void Running_clocks_evidence_and_verdicts_are_no_reason_to_save_at_once()
    {
        var record = new ModelRolloutStatus { Phase = RolloutPhase.Preparing };
        RecordComparison.Same(record, record with { Clocks = record.Clocks with { LastSeen = Release.Start, DeadlineUsedSeconds = 5 } }).Should().BeTrue();
        RecordComparison.Same(record, record with { Evidence = [], Verdicts = [new MetricVerdict()], Holds = [] }).Should().BeTrue();
        RecordComparison.Same(record, record with { Clocks = record.Clocks with { StableLostSince = Release.Start } }).Should().BeFalse();
        RecordComparison.Same(record, record with { Tests = [new Api.Rollouts.TestResult { Name = "one" }] }).Should().BeFalse();
    }

    [Fact]
    public void Moments_in_the_future_are_taken_as_now_and_others_stay()
    {
        var record = new ModelRolloutStatus
        {
            StartedAt = Release.Start.AddHours(-1),
            Step = new RolloutStep { AcknowledgedAt = Release.Start.AddHours(1) },
            Holds = [new RolloutHold { Name = "User", Since = Release.Start.AddHours(2) }],
            Weights = new RolloutWeights { Stable = -5, Candidate = 70_000 },
        };

        var mended = RecordRepair.Apply(record, Release.Start);

        mended.StartedAt.Should().Be(Release.Start.AddHours(-1));
        mended.Step.AcknowledgedAt.Should().Be(Release.Start);
        mended.Holds![0].Since.Should().Be(Release.Start);
        mended.Weights.Should().Be(new RolloutWeights { Stable = 0, Candidate = 10_000 });
    }
}
