using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class RolloutLedgerTests
{
    private static readonly RolloutRevision V1 = new() { Revision = "r1", ModelVersion = "delays-v1" };
    private static readonly RolloutRevision V2 = new() { Revision = "r2", ModelVersion = "delays-v2" };
    private static readonly RolloutRevision V3 = new() { Revision = "r3", ModelVersion = "delays-v3" };

    private static readonly ModelRollout First = Sample.Rollout(1, null, V1, RolloutPhase.Succeeded, RolloutReasons.Initial, Sample.Now);
    private static readonly ModelRollout Second = Sample.Rollout(2, V1, V2, RolloutPhase.Succeeded, RolloutReasons.Proved, Sample.Now);
    private static readonly ModelRollout RejectedThird = Sample.Rollout(3, V2, V3, RolloutPhase.RolledBack, RolloutReasons.Failed);
    private static readonly ModelRollout PromotedThird = Sample.Rollout(3, V2, V3, RolloutPhase.Succeeded, RolloutReasons.Proved, Sample.Now);

    [Fact]
    public void Stable_is_what_the_newest_promotion_promoted()
    {
        var ledger = new RolloutLedger([First, Second, RejectedThird], Remembering(V2, 2));

        ledger.Should().BeEquivalentTo(new { Stable = V2, StableRollout = 2, RecordLost = false });
        ledger.Rejecting().Should().ContainSingle().Which.Should().BeSameAs(RejectedThird);
    }

    [Fact]
    public void What_a_person_aborted_is_rejected_until_somebody_asks_to_try_it_again()
    {
        var aborted = Sample.Rollout(3, V2, V3, RolloutPhase.RolledBack, RolloutReasons.Aborted);
        new RolloutLedger([First, Second, aborted], Remembering(V2, 2)).Rejecting().Should().ContainSingle();

        aborted.Status = aborted.Status! with { Requests = [new RecordedRequest { Action = RequestAction.Retry, Phase = RequestPhase.Refused }] };
        new RolloutLedger([First, Second, aborted], Remembering(V2, 2)).Rejecting().Should().ContainSingle("a refused request releases nothing");

        aborted.Status = aborted.Status with { Requests = [new RecordedRequest { Action = RequestAction.Retry, Phase = RequestPhase.Honoured }] };
        var retried = new RolloutLedger([First, Second, aborted], Remembering(V2, 2));
        retried.Rejecting().Should().BeEmpty();
        retried.Retried().Should().ContainSingle().Which.Should().BeSameAs(aborted);
    }

    [Fact]
    public void A_deleted_promotion_is_remembered_also_when_a_later_rollout_was_rejected()
    {
        var ledger = new RolloutLedger([First, RejectedThird], Remembering(V2, 2));

        ledger.Should().BeEquivalentTo(new { Stable = V2, StableRollout = 2, RecordLost = true });
    }

    [Fact]
    public void A_later_promotion_counts_more_than_a_deleted_one()
    {
        var ledger = new RolloutLedger([First, PromotedThird], Remembering(V2, 2));

        ledger.Should().BeEquivalentTo(new { Stable = V3, StableRollout = 3, RecordLost = false });
    }

    [Fact]
    public void A_promotion_that_was_taken_back_while_it_baked_is_not_a_lost_one()
    {
        var takenBack = Sample.Rollout(2, V1, V2, RolloutPhase.RolledBack, RolloutReasons.Failed);

        var ledger = new RolloutLedger([First, takenBack], Remembering(V2, 2));

        ledger.Should().BeEquivalentTo(new { Stable = V1, StableRollout = 1, RecordLost = false });
    }

    [Fact]
    public void All_records_deleted_leaves_what_the_status_remembers()
    {
        new RolloutLedger([], Remembering(V2, 2)).Should().BeEquivalentTo(new { Stable = V2, RecordLost = true });
        new RolloutLedger([], null).Should().BeEquivalentTo(new { Stable = (RolloutRevision?)null, RecordLost = false });
    }

    [Fact]
    public void A_loss_is_news_once()
    {
        var lost = new LostRecords();
        var deployment = Sample.Deployment();

        new[] { lost.IsNews(deployment, null), lost.IsNews(deployment, 2), lost.IsNews(deployment, 2), lost.IsNews(deployment, 4), lost.IsNews(deployment, null), lost.IsNews(deployment, 4) }
            .Should().Equal(false, true, false, true, false, true);
    }

    private static ModelDeploymentStatus Remembering(RolloutRevision stable, int rollout) =>
        new() { LastRollout = 3, Stable = new StableRevision { Revision = stable.Revision, ModelVersion = stable.ModelVersion, Rollout = rollout } };
}
