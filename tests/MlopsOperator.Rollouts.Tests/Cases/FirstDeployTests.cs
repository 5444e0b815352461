using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class FirstDeployTests
{
    [Fact]
    public void PD_1_A_first_version_has_no_weights_until_all_pods_are_ready_and_golden_requests_pass()
    {
        var release = Release.First();
        release.Decide();
        release.GatewaysConfirm().CandidatePods(2).Settle();
        release.Record.Step.Name.Should().Be("prepare");

        release.CandidatePods(3).Settle();
        release.Record.Weights.Should().BeNull("the golden requests are not answered yet");
        release.Wanted.Route.Should().BeNull();
        release.Wanted.RunGoldenTests.Should().BeTrue();

        release.TestsPass().Settle();
        release.Wanted.Route!.Backends.Should().ContainSingle().Which.Weight.Should().Be(10_000);
        release.Record.Phase.Should().Be(RolloutPhase.Preparing, "no gateway has confirmed the route");

        release.GatewaysConfirm().Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
        release.Record.PromotedAt.Should().NotBeNull();
    }

    [Fact]
    public void PD_2_A_first_version_that_crashes_stalls_at_the_deadline_with_its_pods_kept()
    {
        var release = Release.First();
        release.Candidate = release.Candidate with { Problem = "CrashLoopBackOff: exit code 1" };
        release.GatewaysConfirm().Settle();

        release.Watched(TimeSpan.FromMinutes(11)).Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.Record.Reason.Should().Be(RolloutReasons.DeadlineExceeded);
        release.Record.Message.Should().Contain("10m").And.Contain("exit code 1");
        release.Record.Conditions.Should().Contain(c => c.Type == ConditionTypes.Stalled && c.Status == "True");
        release.Wanted.CandidateReplicas.Should().Be(3);
        release.Wanted.Route.Should().BeNull();
    }

    [Fact]
    public void A_stalled_first_version_goes_on_when_its_pods_get_ready_after_all()
    {
        var release = Release.First();
        release.Settle().After(TimeSpan.FromMinutes(11)).Settle();

        release.RunUntil(RolloutPhase.Succeeded);

        release.Record.Reason.Should().Be(RolloutReasons.Initial);
        release.Record.Conditions.Should().NotContain(c => c.Type == ConditionTypes.Stalled);
    }

    [Fact]
    public void PD_3_A_stalled_first_version_is_superseded_at_once_by_another_revision()
    {
        var release = Release.First();
        release.Settle().PodsFollow().CandidatePods(0).After(TimeSpan.FromMinutes(11)).Settle();

        release.Intent = release.Intent with { WantedRevision = "c" };
        release.Settle();

        release.Record.TrafficRemovedAt.Should().NotBeNull("nothing was exposed, so that the next first version may begin");
        release.Record.Reason.Should().Be(RolloutReasons.Superseded);
        release.RunUntil(RolloutPhase.Superseded);
        release.Wanted.CandidateReplicas.Should().BeNull();
        release.Wanted.Route.Should().BeNull();
    }

    [Fact]
    public void PD_5_A_wrong_golden_answer_keeps_traffic_away_and_says_what_was_wrong()
    {
        var release = Release.First();
        release.Settle();
        release.PodsFollow().GatewaysConfirm().Settle();

        release.TestsFail("expected shape [1], found [1, 2]").Settle();

        release.Record.Reason.Should().Be(RolloutReasons.TestFailed);
        release.Record.Message.Should().Contain("two").And.Contain("found [1, 2]");
        release.Record.Tests.Should().Contain(t => !t.Passed);
        release.Wanted.Route.Should().BeNull();
        release.Wanted.CandidateReplicas.Should().Be(3);
        release.Wanted.RunGoldenTests.Should().BeFalse("they are asked once");
    }

    [Fact]
    public void PD_6_A_hold_from_the_beginning_lets_pods_come_up_but_gives_no_traffic_until_it_ends()
    {
        var release = Release.First();
        release.Intent = release.Intent with { Paused = true };
        release.Run(600);

        release.HasHold(RolloutReasons.UserHold).Should().BeTrue();
        release.Candidate.ReadyEndpoints.Should().Be(3);
        release.Wanted.Route.Should().BeNull();

        release.Intent = release.Intent with { Paused = false };
        release.RunUntil(RolloutPhase.Succeeded, seconds: 30);
    }

    [Fact]
    public void A_first_version_without_a_ready_gateway_stays_preparing_with_its_deadline_stopped()
    {
        var release = Release.First();
        release.Gateways = [];
        release.RunUntil(r => r.Record.Weights is not null, r => r.After(TimeSpan.FromSeconds(1)));
        release.Settle();
        var used = release.Record.Clocks.DeadlineUsedSeconds;

        release.After(TimeSpan.FromHours(2)).Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.HasHold(RolloutReasons.RouteNotAcknowledgedHold).Should().BeTrue();
        release.Record.Clocks.DeadlineUsedSeconds.Should().Be(used);
        release.Record.Message.Should().Contain("none is ready");
    }

    [Fact]
    public void A_first_version_whose_bytes_are_wrong_stalls_at_once()
    {
        var release = Release.First();
        release.Settle();
        release.Candidate = release.Candidate with { FatalProblem = "sha256 of model.onnx is 1f…, expected 9a…" };

        release.Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.Message.Should().Contain("expected 9a…");
    }

    [Fact]
    public void PD_78_A_first_version_of_which_no_pods_are_wanted_is_tried_on_one_and_goes_back_to_none()
    {
        var release = Release.First(replicas: 0);
        release.Settle();
        release.Wanted.CandidateReplicas.Should().Be(1);

        release.RunUntil(RolloutPhase.Succeeded, r => r.After(TimeSpan.FromSeconds(1)));

        release.Record.Reason.Should().Be(RolloutReasons.AdoptedIdle);
        release.Wanted.CandidateReplicas.Should().Be(0);
        release.Wanted.Route.Should().NotBeNull();
    }
}
