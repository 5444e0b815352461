using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Views;

namespace MlopsOperator.Cli.Tests.Views;

public sealed class ViewTests
{
    [Fact]
    public void Status_of_a_canary_says_what_serves_what_it_waits_for_and_what_to_type()
    {
        Text(Samples.Canary()).Should().Be(
            """
            prod/delays: RollingOut (Progressing)
              serves      delays-v1, 2/2 pods ready
              candidate   delays-v2 at 10%, delays-2 Progressing, step 4/11 (wait 5m)
              waits for   5m since 2026-03-01T12:00:00Z
              next        kubectl mlops promote delays -n prod
              next        kubectl mlops abort delays -n prod

            ROLLOUT   FROM       TO         PHASE        OUTCOME  STEP  WEIGHT
            delays-2  delays-v1  delays-v2  Progressing  -        4/11  10%
            """);
    }

    [Fact]
    public void A_hold_is_named_with_what_ends_it()
    {
        Text(Samples.Canary(Samples.Approval)).Should().Contain(
            "  held by     Approval since 2026-03-01T12:00:00Z: waits for approval of step 4: look at it, since 2026-03-01T12:00:00Z; kubectl mlops approve delays -n prod")
            .And.Contain("  next        kubectl mlops approve delays -n prod").And.NotContain("mlops promote");
        Text(Samples.Canary(Samples.User)).Should().Contain("  next        kubectl mlops resume delays -n prod");
    }

    [Fact]
    public void A_pause_of_the_spec_is_ended_in_the_spec()
    {
        var release = Samples.Canary(Samples.User);
        release.Deployment.Spec = release.Deployment.Spec with { Paused = true };
        NextCommands.Of(release).First().Should().StartWith("kubectl patch mdep delays -n prod --type merge");
    }

    [Fact]
    public void What_was_taken_back_can_be_tried_again()
    {
        NextCommands.Of(Samples.TakenBack()).Should().Equal("kubectl mlops retry delays -n prod", "kubectl mlops why delays -n prod");
        NextCommands.Of(Samples.Serving()).Should().BeEmpty();
    }

    [Fact]
    public void A_pause_that_waits_for_the_next_rollout_is_shown()
    {
        var release = Samples.Serving();
        release.Newest!.Status = release.Newest.Status! with { Paused = new RolloutPause { Request = "pause-1", Since = release.Newest.Status.FinishedAt!.Value } };
        Text(release).Should().Contain("  paused      since 2026-03-01T12:00:00Z by request pause-1: the next rollout is held").And.Contain("  next        kubectl mlops resume delays -n prod");
    }

    [Fact]
    public void Why_shows_verdicts_with_what_they_need_and_what_people_asked_for()
    {
        var text = string.Join('\n', WhyView.Of(Samples.Canary()).Select(line => line.Text));
        text.Should().Contain("delays-2, delays-v1 to delays-v2, is Progressing.")
            .And.Contain("errors.ceiling  Unknown  NotYet  0.2%       0.15%   1%       480       about 12 more blocks")
            .And.Contain("Resume by jane [31m (unverified) refused: ModelDeployment delays is neither paused nor contested")
            .And.NotContain("\u001b");
    }

    [Fact]
    public void Why_of_what_was_taken_back_gives_the_reason()
    {
        var text = string.Join('\n', WhyView.Of(Samples.TakenBack()).Select(line => line.Text));
        text.Should().Contain("is RolledBack (Failed) since 2026-03-01T12:00:00Z.").And.Contain("errors.ceiling of delays-v2 failed at 10%.");
    }

    [Fact]
    public void History_tells_what_happened()
    {
        string.Join('\n', HistoryView.Of(Samples.Canary(), 3).Select(line => line.Text)).Should().Contain("  2026-03-01T12:00:00Z  Git     RolloutStarted: Rollout from delays-v1 to delays-v2.");
    }

    [Fact]
    public void Json_has_a_version_a_state_and_the_objects()
    {
        var json = ReleaseJson.Of(Samples.TakenBack());
        ((string?)json["apiVersion"]).Should().Be("cli.mlops-operator.io/v1");
        ((string?)json["state"]).Should().Be("Failed");
        ((string?)json["rollouts"]![0]!["status"]!["phase"]).Should().Be("RolledBack");
    }

    private static string Text(Release release) => string.Join(Environment.NewLine, StatusView.Of(release).Select(line => line.Text));
}
