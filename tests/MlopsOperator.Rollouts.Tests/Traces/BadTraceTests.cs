using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Traces;

public sealed class BadTraceTests
{
    [Fact]
    public void A_candidate_that_fails_at_its_first_weight_is_taken_back_drained_and_removed()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Writes.Clear();

        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 0.3));

        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.Message.Should().Contain("errors").And.Contain("10%");
        release.Writes.Should().Equal(
            "record RollingBack wait 1m w=0",
            "route 9: stable=a:10000",
            "record RollingBack wait 1m w=0 acknowledged traffic-removed",
            "record RollingBack wait 1m w=0 drained",
            "b=0",
            "b=deleted",
            "record RolledBack wait 1m w=0");
    }
}
