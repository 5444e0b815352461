using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class DeploymentPlannerTests
{
    private static readonly RevisionRecord First = Sample.Revision(Sample.Version("delays-v1"));
    private static readonly RevisionRecord Second = Sample.Revision(Sample.Version("delays-v2", Sample.Digest2));

    private static readonly ModelRollout Initial = Sample.Rollout(1, null, Sample.To(First), RolloutPhase.Succeeded, RolloutReasons.Initial, Sample.Now.AddDays(-1));

    [Fact]
    public void A_new_deployment_stores_its_revision_and_starts_the_first_rollout()
    {
        var plan = DeploymentPlanner.Plan(Sample.Inputs(Sample.Deployment(), Sample.Version("delays-v1")));

        plan.NewRevision!.Revision.Should().Be(First.Revision);
        plan.NewRollout!.Spec.Should().BeEquivalentTo(new { Number = 1, FirstSequence = 1L, From = (RolloutRevision?)null, To = Sample.To(First) });
        plan.NewRollout.Metadata.Name.Should().Be("delays-1");
        plan.Status.Wanted!.Revision.Should().Be(First.Revision);
        plan.Status.LastRollout.Should().Be(0, "a number counts as used once its rollout is seen");
    }

    [Fact]
    public void A_rollout_that_the_caches_do_not_show_yet_is_planned_again_under_the_same_name()
    {
        var deployment = Sample.Deployment("delays-v2");
        var inputs = Serving(deployment, "delays-v2", Sample.Digest2);
        var once = DeploymentPlanner.Plan(inputs);
        deployment.Status = once.Status;

        DeploymentPlanner.Plan(inputs).NewRollout!.Metadata.Name.Should().Be(once.NewRollout!.Metadata.Name);
    }

    [Fact]
    public void Another_version_starts_a_rollout_from_what_is_stable_one_sequence_later()
    {
        var plan = DeploymentPlanner.Plan(Serving(Sample.Deployment("delays-v2"), "delays-v2", Sample.Digest2));

        plan.NewRollout!.Spec.Should().BeEquivalentTo(new { Number = 2, FirstSequence = 11L, From = Sample.To(First), To = Sample.To(Second) });
    }

    [Fact]
    public void PD_53_The_same_digest_under_a_new_name_is_no_rollout()
    {
        var plan = DeploymentPlanner.Plan(Serving(Sample.Deployment("alias"), "alias", Sample.Digest1));

        plan.NewRollout.Should().BeNull();
        plan.NewRevision.Should().BeNull();
        plan.Status.Wanted.Should().BeEquivalentTo(new { First.Revision, ModelVersion = "alias" });
    }

    [Fact]
    public void PD_54_Labels_of_the_deployment_are_no_rollout()
    {
        var deployment = Sample.Deployment();
        deployment.Metadata.Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "other" };
        deployment.Metadata.Generation = 2;

        DeploymentPlanner.Plan(Serving(deployment, "delays-v1", Sample.Digest1)).NewRollout.Should().BeNull();
    }

    [Fact]
    public void An_edited_runtime_starts_no_rollout_and_is_taken_up_by_the_next()
    {
        var same = Serving(Sample.Deployment(), "delays-v1", Sample.Digest1) with { Runtime = Sample.Runtime("server:2") };
        DeploymentPlanner.Plan(same).NewRollout.Should().BeNull();

        var next = Serving(Sample.Deployment("delays-v2"), "delays-v2", Sample.Digest2) with { Runtime = Sample.Runtime("server:2") };
        DeploymentPlanner.Plan(next).NewRevision!.Content.RuntimeSpec.Template.ToJsonString().Should().Contain("server:2");
    }

    [Fact]
    public void A_changed_template_is_a_rollout()
    {
        var deployment = Sample.Deployment();
        deployment.Spec = deployment.Spec with { Template = new TemplateOverlay { ServiceAccountName = "other" } };

        DeploymentPlanner.Plan(Serving(deployment, "delays-v1", Sample.Digest1)).NewRollout.Should().NotBeNull();
    }

    [Fact]
    public void PD_46_A_rejected_revision_is_not_tried_again_by_a_resync()
    {
        var inputs = Rejected("delays-v2", Sample.Digest2);

        var plan = DeploymentPlanner.Plan(inputs);

        plan.NewRollout.Should().BeNull();
        plan.Status.Phase.Should().Be(DeploymentPhase.Degraded);
        plan.Status.Rejected.Should().ContainSingle().Which.Revision.Should().Be(Second.Revision);
        plan.Status.Conditions.Should().ContainSingle(condition => condition.Type == "Stalled").Which.Message.Should().Contain("delays-v1 serves");
        plan.Status.Conditions.Should().ContainSingle(condition => condition.Type == "Available").Which.Status.Should().Be("True");
    }

    [Fact]
    public void PD_48_Going_back_to_stable_clears_the_mark_and_releases_the_rejected_revision()
    {
        var plan = DeploymentPlanner.Plan(Rejected("delays-v1", Sample.Digest1));

        plan.NewRollout.Should().BeNull();
        plan.Release.Should().ContainSingle().Which.Spec.Number.Should().Be(2);
        plan.Status.Phase.Should().Be(DeploymentPhase.Serving);
        plan.Status.Conditions.Should().NotContain(condition => condition.Type == "Stalled");
    }

    [Fact]
    public void PD_47_After_a_rejected_revision_another_one_starts_a_normal_rollout_from_stable()
    {
        var plan = DeploymentPlanner.Plan(Rejected("delays-v3", Sample.Digest1.Replace('1', '3')));

        plan.NewRollout!.Spec.Should().BeEquivalentTo(new { Number = 3, From = Sample.To(First) });
    }

    [Fact]
    public void A_released_revision_that_is_wanted_again_gets_a_new_rollout()
    {
        var inputs = Rejected("delays-v2", Sample.Digest2);
        inputs.Rollouts[1].Spec = inputs.Rollouts[1].Spec with { Released = true };

        DeploymentPlanner.Plan(inputs).NewRollout!.Spec.Number.Should().Be(3);
    }

    [Fact]
    public void A_running_rollout_to_what_is_wanted_is_left_alone()
    {
        var running = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.Progressing);

        DeploymentPlanner.Plan(With(Sample.Deployment("delays-v2"), "delays-v2", Sample.Digest2, running)).NewRollout.Should().BeNull();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_superseding_rollout_begins_when_the_traffic_of_the_running_one_is_confirmed_gone(bool trafficGone, bool begins)
    {
        var running = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.RollingBack, RolloutReasons.Superseded);
        running.Status = running.Status! with { TrafficRemovedAt = trafficGone ? Sample.Now : null };

        var plan = DeploymentPlanner.Plan(With(Sample.Deployment("delays-v3"), "delays-v3", Sample.Digest1.Replace('1', '3'), running));

        (plan.NewRollout is not null).Should().Be(begins);
        if (begins)
        {
            plan.NewRollout!.Spec.Should().BeEquivalentTo(new { Number = 3, From = Sample.To(First), FirstSequence = 21L });
        }
    }

    [Fact]
    public void PD_50_While_the_new_version_bakes_another_starts_from_it()
    {
        var baking = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.Baking, promotedAt: Sample.Now);

        var plan = DeploymentPlanner.Plan(With(Sample.Deployment("delays-v3"), "delays-v3", Sample.Digest1.Replace('1', '3'), baking));

        plan.NewRollout!.Spec.From.Should().Be(Sample.To(Second));
    }

    [Fact]
    public void PD_3_After_a_failed_first_version_the_next_is_a_first_version_again()
    {
        var failed = Sample.Rollout(1, null, Sample.To(First), RolloutPhase.Superseded, RolloutReasons.Superseded);
        var inputs = Sample.Inputs(Sample.Deployment("delays-v2"), Sample.Version("delays-v2", Sample.Digest2)) with { Rollouts = [failed], Revisions = [First] };

        DeploymentPlanner.Plan(inputs).NewRollout!.Spec.From.Should().BeNull();
    }

    [Fact]
    public void A_spec_that_cannot_be_used_keeps_the_last_wish_and_what_serves()
    {
        var deployment = Sample.Deployment("nope");
        deployment.Status = new ModelDeploymentStatus { Wanted = new WantedRevision { Revision = First.Revision, ModelVersion = "delays-v1", Generation = 1 }, LastRollout = 1 };
        var inputs = Serving(deployment, "delays-v1", Sample.Digest1) with { Version = null, Problem = new SpecProblem("ModelVersionNotFound", "no such version") };

        var plan = DeploymentPlanner.Plan(inputs);

        plan.NewRollout.Should().BeNull();
        plan.Status.Wanted!.Revision.Should().Be(First.Revision);
        plan.Status.Conditions.Should().ContainSingle(condition => condition.Type == "Stalled").Which.Reason.Should().Be("ModelVersionNotFound");
        plan.Status.Conditions.Should().ContainSingle(condition => condition.Type == "Available").Which.Status.Should().Be("True");
    }

    [Fact]
    public void A_lost_record_of_the_promotion_does_not_make_stable_forgotten()
    {
        var deployment = Sample.Deployment();
        deployment.Status = new ModelDeploymentStatus { LastRollout = 4, Stable = new StableRevision { Revision = First.Revision, ModelVersion = "delays-v1", Rollout = 4 } };
        var inputs = Sample.Inputs(deployment, Sample.Version("delays-v1")) with { Revisions = [First] };

        var plan = DeploymentPlanner.Plan(inputs);

        plan.NewRollout.Should().BeNull();
        plan.Status.Stable!.Revision.Should().Be(First.Revision);
        plan.Status.LastRollout.Should().Be(4);
    }

    [Fact]
    public void PD_105_During_a_canary_the_deployment_is_available_and_not_ready()
    {
        var running = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.Progressing);

        var conditions = DeploymentPlanner.Plan(With(Sample.Deployment("delays-v2"), "delays-v2", Sample.Digest2, running)).Status.Conditions!;

        conditions.ToDictionary(condition => condition.Type, condition => condition.Status, StringComparer.Ordinal).Should().BeEquivalentTo(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Available"] = "True", ["Ready"] = "False", ["Reconciling"] = "True", ["Progressing"] = "True" });
    }

    [Fact]
    public void PD_76_The_scale_selector_names_revisions_with_weight_only()
    {
        var running = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.Progressing);
        var inputs = With(Sample.Deployment("delays-v2"), "delays-v2", Sample.Digest2, running);
        DeploymentPlanner.Plan(inputs).Status.Selector.Should().Be($"mlops-operator.io/deployment=delays,mlops-operator.io/revision in ({First.Revision})");

        running.Status = running.Status! with { Weights = new RolloutWeights { Stable = 9000, Candidate = 1000 } };
        var both = string.Join(',', new[] { First.Revision, Second.Revision }.Order(StringComparer.Ordinal));
        DeploymentPlanner.Plan(inputs).Status.Selector.Should().Be($"mlops-operator.io/deployment=delays,mlops-operator.io/revision in ({both})");
    }

    [Fact]
    public void Finished_rollouts_are_kept_up_to_ten_and_stable_and_rejecting_ones_always()
    {
        var others = Enumerable.Range(3, 15).Select(number => Sample.Rollout(number, Sample.To(First), Sample.To(Second), RolloutPhase.RolledBack, RolloutReasons.Reverted));
        var inputs = Serving(Sample.Deployment(), "delays-v1", Sample.Digest1);
        inputs = inputs with { Rollouts = [.. inputs.Rollouts, .. others] };

        var pruned = DeploymentPlanner.Plan(inputs).Prune.Select(rollout => rollout.Spec.Number);

        pruned.Should().BeEquivalentTo([3, 4, 5, 6, 7]);
    }

    [Fact]
    public void Planning_twice_on_its_own_status_changes_nothing()
    {
        var deployment = Sample.Deployment();
        var inputs = Serving(deployment, "delays-v1", Sample.Digest1);
        var once = DeploymentPlanner.Plan(inputs).Status;
        deployment.Status = once;

        DeploymentPlanner.Plan(inputs with { Now = Sample.Now.AddHours(1) }).Status.Should().BeEquivalentTo(once);
    }

    private static DeploymentInputs Serving(ModelDeployment deployment, string version, string digest) => With(deployment, version, digest);

    private static DeploymentInputs With(ModelDeployment deployment, string version, string digest, params ModelRollout[] later) =>
        Sample.Inputs(deployment, Sample.Version(version, digest)) with
        {
            Rollouts = [Initial, .. later],
            Revisions = [First, Second],
            Pods = new Dictionary<string, RevisionPods>(StringComparer.Ordinal) { [First.Revision] = new(3, 3, 3), [Second.Revision] = new(3, 3, 3) },
        };

    private static DeploymentInputs Rejected(string wanted, string digest) =>
        With(Sample.Deployment(wanted), wanted, digest, Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.RolledBack, RolloutReasons.Failed));
}
