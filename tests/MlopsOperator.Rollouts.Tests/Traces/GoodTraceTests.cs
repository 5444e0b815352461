using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Traces;

public sealed class GoodTraceTests
{
    [Fact]
    public void A_first_version_is_brought_up_tested_and_given_the_route()
    {
        var release = Release.First().RunUntil(RolloutPhase.Succeeded);

        release.Record.Reason.Should().Be(RolloutReasons.Initial);
        release.Writes.Should().Equal(
            "record Preparing prepare w=0",
            "b=3",
            "record Preparing test w=0",
            "record Preparing route w=0 tests",
            "route 1: stable=b:10000",
            "record Preparing promote w=0 acknowledged",
            "record Succeeded promote w=0 promoted");
    }

    [Fact]
    public void A_good_candidate_goes_through_its_weights_and_becomes_stable_with_the_same_pods()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);

        release.Record.Reason.Should().Be(RolloutReasons.Proved);
        release.Writes.Should().Equal(
            "record Preparing prepare w=0",
            "b=1",
            "a=3",
            "route 7: stable=a:10000",
            "record Preparing test w=0 acknowledged",
            "record Progressing weight 10% w=1000 tests",
            "route 8: stable=a:9000 candidate=b:1000",
            "record Progressing wait 1m w=1000 acknowledged",
            "record Progressing analyze w=1000",
            "record Progressing weight 50% w=1000",
            "b=2",
            "record Progressing weight 50% w=5000",
            "route 9: stable=a:5000 candidate=b:5000",
            "record Progressing wait 1m w=5000 acknowledged",
            "record Progressing analyze w=5000",
            "record Promoting promote w=5000",
            "b=3",
            "record Promoting promote w=10000",
            "route 10: stable=a:0 candidate=b:10000",
            "record Baking bake 2m w=10000 promoted",
            "route 11: stable=b:10000 candidate=a:0",
            "record Baking bake 2m w=10000 acknowledged",
            "record Retiring retire w=0",
            "route 12: stable=b:10000",
            "record Retiring retire w=0 acknowledged traffic-removed",
            "record Retiring retire w=0 drained",
            "a=0",
            "a=deleted",
            "record Succeeded retire w=0");
    }
}
