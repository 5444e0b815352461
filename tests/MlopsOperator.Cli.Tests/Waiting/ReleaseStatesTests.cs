using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Waiting;

namespace MlopsOperator.Cli.Tests.Waiting;

public sealed class ReleaseStatesTests
{
    [Fact]
    public void A_release_is_under_way_promoted_failed_or_waits_for_a_person()
    {
        ReleaseStates.Of(Samples.Canary()).Should().Be(ReleaseState.UnderWay);
        ReleaseStates.Of(Samples.Canary(Samples.Approval)).Should().Be(ReleaseState.WaitsForPerson);
        ReleaseStates.Of(Samples.Canary(Samples.User)).Should().Be(ReleaseState.WaitsForPerson);
        ReleaseStates.Of(Samples.TakenBack()).Should().Be(ReleaseState.Failed);
        ReleaseStates.Of(Samples.Serving()).Should().Be(ReleaseState.Promoted);
    }

    [Fact]
    public void What_the_operator_has_not_looked_at_is_under_way()
    {
        var release = Samples.Serving();
        release.Deployment.Metadata.Generation = 3;
        ReleaseStates.Of(release).Should().Be(ReleaseState.UnderWay);
    }

    [Theory]
    [InlineData("WaitsForPerson", "Settled", ExitCodes.WaitsForPerson)]
    [InlineData("WaitsForPerson", "Waiting", ExitCodes.Done)]
    [InlineData("WaitsForPerson", "Promoted", null)]
    [InlineData("Promoted", "Settled", ExitCodes.Done)]
    [InlineData("Promoted", "Promoted", ExitCodes.Done)]
    [InlineData("Promoted", "Waiting", ExitCodes.Failed)]
    [InlineData("Failed", "Settled", ExitCodes.Failed)]
    [InlineData("Failed", "Promoted", ExitCodes.Failed)]
    [InlineData("UnderWay", "Settled", null)]
    public void Each_goal_ends_with_its_code(string state, string goal, int? code) =>
        ReleaseStates.End(Enum.Parse<ReleaseState>(state), Enum.Parse<Goal>(goal)).Should().Be(code);
}
