using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Traces;

public sealed class SupersededTraceTests
{
    [Fact]
    public void Another_version_at_half_the_traffic_supersedes_and_its_rollout_takes_over_while_the_old_one_drains()
    {
        var second = Release.FromAToB().RunUntilWeight(5000);
        second.Writes.Clear();

        second.Intent = second.Intent with { WantedRevision = "c" };
        second.RunUntil(r => r.Record.TrafficRemovedAt is not null);
        second.Writes.Should().Equal(
            "record RollingBack wait 1m w=0",
            "route 10: stable=a:10000",
            "record RollingBack wait 1m w=0 acknowledged traffic-removed");

        var third = Release.FromAToB();
        third.Spec = third.Spec with { Number = 3, FirstSequence = second.Record.Sequence + 1, To = Release.Revision("c") };
        third.Intent = third.Intent with { WantedRevision = "c" };
        third.Decide().Wanted.Route!.Sequence.Should().Be(11, "the next rollout shapes from now on");

        second.IsNewest = false;
        second.RevisionsOfNewer = ["a", "c"];
        second.Writes.Clear();
        second.RunUntil(RolloutPhase.Superseded);

        second.Wanted.Route.Should().BeNull();
        second.Record.Reason.Should().Be(RolloutReasons.Superseded);
        second.Writes.Should().Equal(
            "record RollingBack wait 1m w=0 drained",
            "b=0",
            "b=deleted",
            "record Superseded wait 1m w=0");
    }
}
