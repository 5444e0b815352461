using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class RetryTests
{
    [Fact]
    public void A_retry_of_what_was_taken_back_is_honoured_once()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1));
        release.Settle().Ask(RequestAction.Retry).Ask(RequestAction.Retry, by: "joe@example.com").Settle();

        release.AnswerTo(1).Phase.Should().Be(RequestPhase.Honoured);
        release.AnswerTo(2).Message.Should().Contain("jane@example.com").And.Contain("a new rollout is on its way");
        release.Record.Phase.Should().Be(RolloutPhase.RolledBack);
    }

    [Fact]
    public void A_retry_of_what_goes_on_is_refused()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Retry).Settle();
        release.LastAnswer.Message.Should().Contain("is Progressing: only a rollout that is RolledBack");
    }

    [Fact]
    public void A_retry_of_what_is_not_wanted_any_more_is_refused()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1));
        release.Intent = release.Intent with { WantedRevision = "a" };
        release.Ask(RequestAction.Retry).Settle();
        release.LastAnswer.Message.Should().Contain("does not ask for delays-b (b) any more").And.Contain("set spec.modelVersionRef");
    }
}
