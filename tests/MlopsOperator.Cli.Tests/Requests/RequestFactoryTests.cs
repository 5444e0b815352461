using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Requests;

namespace MlopsOperator.Cli.Tests.Requests;

public sealed class RequestFactoryTests
{
    [Theory]
    [InlineData(RequestAction.Abort, true, null)]
    [InlineData(RequestAction.Pause, false, null)]
    [InlineData(RequestAction.Resume, false, null)]
    [InlineData(RequestAction.Promote, true, 4)]
    [InlineData(RequestAction.Approve, true, 4)]
    [InlineData(RequestAction.Retry, true, null)]
    public void A_request_is_bound_to_what_was_looked_at_and_keeps_the_rules(RequestAction action, bool bound, int? step)
    {
        var request = RequestFactory.Create(Samples.Canary(), new RequestWish { Action = action, By = "jane" }, "1");

        RolloutRequestRules.Check(request).Should().BeEmpty();
        request.Spec.Rollout.Should().Be(bound ? new RequestedRollout { Name = "delays-2", Uid = "rollout-uid" } : null);
        request.Spec.Step.Should().Be(step);
        request.Metadata.OwnerReferences.Should().ContainSingle().Which.Uid.Should().Be("uid");
    }

    [Fact]
    public void Without_a_rollout_there_is_nothing_to_ask_for()
    {
        var release = Samples.Canary() with { Rollouts = [] };
        var asking = () => RequestFactory.Create(release, new RequestWish { Action = RequestAction.Abort }, "1");
        asking.Should().Throw<CommandFailure>().Which.ExitCode.Should().Be(ExitCodes.Failed);
    }
}
