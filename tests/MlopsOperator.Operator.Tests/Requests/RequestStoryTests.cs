using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Requests;

/// <summary>People ask, the operator answers: once, whatever crashes, whoever was first.</summary>
public sealed class RequestStoryTests
{
    [Fact]
    public async Task PD_46_An_abort_takes_the_candidate_back_and_it_is_not_tried_again_by_itself()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);

        await world.AskAsync("abort-1", RequestAction.Abort);
        await world.AnsweredAsync("abort-1");

        await world.UntilAsync("the end", () => world.Rollout(2)!.Status!.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Aborted });
        world.Rollout(2)!.Status!.Requests.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Name = "abort-1", Action = RequestAction.Abort, By = "jane@example.com", Identity = RequestIdentity.Unverified, Phase = RequestPhase.Honoured });
        world.Request("abort-1")!.Status!.Conditions.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Type = ConditionTypes.Ready, Status = "True" });
        world.Request("abort-1")!.Status!.ObservedGeneration.Should().Be(1);

        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.Rollout(3).Should().BeNull();
        world.Deployment!.Status!.Phase.Should().Be(DeploymentPhase.Degraded);
        world.Deployment.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Stalled).Message.Should().Contain("kubectl mlops retry delays -n prod");
        Events(world, "RequestHonoured").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Of_two_aborts_at_once_one_is_honoured_and_the_other_is_told_by_whom()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);

        await world.AskAsync("abort-b", RequestAction.Abort, by: "joe@example.com");
        await world.AskAsync("abort-a", RequestAction.Abort);
        await world.UntilAsync("both answered", () => new[] { "abort-a", "abort-b" }.All(name => world.Request(name)!.Status?.AnsweredAt is not null));

        var phases = new[] { "abort-a", "abort-b" }.Select(name => world.Request(name)!.Status!).ToList();
        phases.Select(status => status.Phase).Should().BeEquivalentTo([RequestPhase.Honoured, RequestPhase.Refused]);
        var refused = phases.Single(status => status.Phase == RequestPhase.Refused);
        refused.Message.Should().Contain("already").And.Contain("@example.com");
        refused.Conditions!.Select(condition => (condition.Type, condition.Status)).Should().Equal((ConditionTypes.Ready, "False"), (ConditionTypes.Stalled, "True"));
        Events(world, "RequestRefused").Should().NotBeEmpty();
    }

    [Fact]
    public async Task PD_106_A_pause_holds_the_rollout_shows_that_a_person_is_waited_for_and_a_resume_ends_it()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);

        await world.AskAsync("pause-1", RequestAction.Pause);
        await world.AnsweredAsync("pause-1");
        await world.UntilAsync("paused", () => Condition(world, ConditionTypes.Paused) == "True");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Rollout(2)!.Status!.Weights!.Candidate.Should().Be(1000);

        await world.AskAsync("resume-1", RequestAction.Resume);
        await world.AnsweredAsync("resume-1");
        await world.UntilAsync("the end", () => world.Rollout(2)!.Status!.Phase == RolloutPhase.Succeeded);
        await world.UntilAsync("not paused", () => Condition(world, ConditionTypes.Paused) != "True");
    }

    [Fact]
    public async Task A_pause_carries_over_to_the_next_rollout_and_the_spec_wins_over_a_resume()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);
        await world.AskAsync("pause-1", RequestAction.Pause);
        await world.AnsweredAsync("pause-1");

        await world.WantAsync("delays-v3");
        await world.UntilAsync("the next one held", () => world.Rollout(3)?.Status?.Holds?.Any(hold => hold.Name == RolloutReasons.UserHold) == true);
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"paused":true}}""");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await world.AskAsync("resume-1", RequestAction.Resume);
        await world.AnsweredAsync("resume-1", RequestPhase.Refused);
        world.Request("resume-1")!.Status!.Message.Should().Contain("spec.paused of ModelDeployment delays is true");

        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"paused":false}}""");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Rollout(3)!.Status!.Weights!.Candidate.Should().Be(0, "the pause that was asked for holds on");
        await world.AskAsync("resume-2", RequestAction.Resume);
        await world.UntilAsync("the end", () => world.Rollout(3)!.Status!.Phase == RolloutPhase.Succeeded);
    }

    [Fact]
    public async Task A_step_waits_for_its_approval_and_goes_on_with_it()
    {
        await using var world = await ReleaseWorld.StartAsync(manifests: Manifests.Base.Replace("{weight: 10%, wait: 1s}", "{weight: 10%, wait: 1s, approve: {reason: look at it}}", StringComparison.Ordinal));
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the approval waited for", () => world.Rollout(2)?.Status?.Holds?.Any(hold => hold.Name == RolloutReasons.ApprovalHold) == true);
        await world.UntilAsync("paused", () => Condition(world, ConditionTypes.Paused) == "True");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Rollout(2)!.Status!.Weights!.Candidate.Should().Be(1000);

        await world.AskForStepAsync("approve-1", RequestAction.Approve, 2);
        await world.AnsweredAsync("approve-1");

        await world.UntilAsync("the end", () => world.Rollout(2)!.Status!.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
    }

    [Fact]
    public async Task A_full_and_forced_promotion_goes_to_all_traffic_at_once()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);

        await world.AskAsync("promote-1", RequestAction.Promote, 2, ", full: true, force: true");
        await world.AnsweredAsync("promote-1");

        await world.UntilAsync("the end", () => world.Rollout(2)!.Status!.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Forced });
        world.Cluster.History<ModelRollout>("delays-2", "prod").Should().NotContain(rollout => rollout.Status != null && rollout.Status.Step.Name == "weight 50%");
    }

    /// <summary>PD-65, PD-66: all but that pods are kept warm for it.</summary>
    [Fact]
    public async Task PD_65_PD_66_A_retry_rolls_the_same_revision_out_anew_with_evidence_from_zero_and_can_be_aborted_again()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);
        await world.AskAsync("abort-1", RequestAction.Abort);
        await world.UntilAsync("taken back", () => world.Rollout(2)!.Status!.Phase == RolloutPhase.RolledBack);

        await world.AskAsync("retry-1", RequestAction.Retry, 2);
        await world.AnsweredAsync("retry-1");
        await world.UntilAsync("10 % again", () => world.Rollout(3)?.Status?.Weights?.Candidate == 1000);
        world.Rollout(2)!.Spec.Released.Should().BeTrue();
        world.Rollout(3)!.Spec.To.Should().Be(world.Rollout(2)!.Spec.To);
        world.Cluster.History<ModelRollout>("delays-3", "prod").First(rollout => rollout.Status?.StartedAt is not null).Status!.Evidence.Should().BeNull();

        await world.AskAsync("abort-2", RequestAction.Abort);
        await world.UntilAsync("taken back again", () => world.Rollout(3)!.Status!.Phase == RolloutPhase.RolledBack);
        world.Rollout(3)!.Status!.TrafficRemovedAt.Should().NotBeNull("it is drained as the first was");

        await world.AskAsync("retry-2", RequestAction.Retry, 3);
        await world.UntilAsync("the good end", () => world.Rollout(4)?.Status?.Phase == RolloutPhase.Succeeded);
        await world.UntilAsync("the deployment serving", () => world.Deployment!.Status!.Phase == DeploymentPhase.Serving);
    }

    [Fact]
    public async Task An_operator_that_is_killed_between_the_record_and_the_answer_answers_later_and_acts_once()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);
        world.AfterStep = () =>
        {
            if (world.HasOperator && world.Rollout(2)!.Status!.Requests is { Count: > 0 } && world.Request("pause-1")!.Status?.AnsweredAt is null)
            {
                world.KillOperator();
            }
        };
        world.Cluster.Faults.On("update", "rolloutrequests", "status", manager: "mlops-operator-requests").Delay(TimeSpan.FromSeconds(5));
        await world.AskAsync("pause-1", RequestAction.Pause);
        await world.UntilAsync("killed", () => !world.HasOperator);
        world.AfterStep = null;
        world.Request("pause-1")!.Status!.Phase.Should().Be(RequestPhase.Pending);

        world.StartOperator();
        await world.AnsweredAsync("pause-1");

        world.Rollout(2)!.Status!.Requests.Should().ContainSingle();
        world.Rollout(2)!.Status!.History!.Count(entry => entry.Event == "RequestHonoured").Should().Be(1);
        world.Request("pause-1")!.Status!.AnsweredAt.Should().BeCloseTo(world.Rollout(2)!.Status!.Requests![0].Time, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task PD_64_A_request_that_is_deleted_and_made_anew_moves_nothing_a_second_time()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);
        await world.AskAsync("promote-1", RequestAction.Promote, 2, ", full: true, force: true");
        await world.AnsweredAsync("promote-1");
        await world.DeleteAsync("rolloutrequests", "promote-1");
        await world.AskAsync("promote-1", RequestAction.Promote, 2, ", full: true, force: true");
        await world.AnsweredAsync("promote-1", RequestPhase.Refused);
        world.Request("promote-1")!.Status!.Message.Should().StartWith("AlreadyUsed");
        await world.UntilAsync("the end", () => world.Rollout(2)!.Status!.Phase == RolloutPhase.Succeeded);

        // From Git, after the next rollout began.
        await world.DeleteAsync("rolloutrequests", "promote-1");
        await world.WantAsync("delays-v3");
        await world.UntilAsync("10 % to the next", () => world.Rollout(3)?.Status?.Weights?.Candidate == 1000);
        await world.AskAsync("promote-1", RequestAction.Promote, 2, ", full: true, force: true");
        await world.AnsweredAsync("promote-1", RequestPhase.Refused);
        world.Request("promote-1")!.Status!.Message.Should().Contain("which is delays-3");
        world.Rollout(3)!.Status!.Phase.Should().Be(RolloutPhase.Progressing);
    }

    [Fact]
    public async Task A_request_that_the_watch_shows_late_is_answered_all_the_same()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await CanaryOf(world);
        world.KillOperator();
        world.Cluster.Faults.On("watch", "rolloutrequests", manager: "operator").Lag(TimeSpan.FromSeconds(20));
        world.StartOperator();
        await world.AskAsync("pause-0", RequestAction.Pause);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.AskAsync("resume-0", RequestAction.Resume);
        await world.UntilAsync("answered", () => world.Request("resume-0")?.Status?.AnsweredAt is not null, TimeSpan.FromMinutes(2));
        world.Request("resume-0")!.Status!.Phase.Should().Be(world.Rollout(2)!.Status!.Requests!.Single(request => request.Name == "resume-0").Phase);
    }

    [Fact]
    public async Task A_request_to_a_deployment_that_is_not_there_is_refused_and_one_that_was_answered_a_week_ago_is_cleared_away()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.ApplyAsync("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: RolloutRequest
            metadata: {name: stray, namespace: prod}
            spec: {deployment: dealys, action: Abort}
            """);
        await world.AnsweredAsync("stray", RequestPhase.Refused);
        world.Request("stray")!.Status!.Message.Should().Contain("found dealys; expected a ModelDeployment in namespace prod");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Request("stray").Should().NotBeNull();

        world.KillOperator();
        world.Try("PATCH", "rolloutrequests", "stray/status", """{"status":{"answeredAt":"2026-02-20T12:00:00Z"}}""").Should().BeTrue();
        world.StartOperator();
        await world.UntilAsync("cleared away", () => world.Request("stray") is null);
    }

    [Fact]
    public async Task At_rest_an_answered_request_costs_no_write()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        await world.AskAsync("pause-1", RequestAction.Pause);
        await world.AskAsync("abort-1", RequestAction.Abort);
        await world.AnsweredAsync("abort-1", RequestPhase.Refused);

        (await world.WritesAtRestAsync(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2))).Should().BeEmpty();
    }

    internal static async Task CanaryOf(ReleaseWorld world)
    {
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status is { Weights.Candidate: 1000, Step.AcknowledgedAt: not null });
    }

    private static string? Condition(ReleaseWorld world, string type) => world.Deployment!.Status!.Conditions!.SingleOrDefault(condition => condition.Type == type)?.Status;

    private static List<string> Events(ReleaseWorld world, string reason) =>
        [.. world.List("events").Where(@event => (string?)@event!["reason"] == reason).Select(@event => ((string?)(@event!["note"] ?? @event["message"]))!)];
}
