using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Tests.Deployments;

/// <summary>The table of states, row by row, as tools read it.</summary>
public sealed class DeploymentStatesTests
{
    private static readonly RevisionRecord First = Sample.Revision(Sample.Version("delays-v1"));
    private static readonly RevisionRecord Second = Sample.Revision(Sample.Version("delays-v2", Sample.Digest2));

    private static readonly ModelRollout Initial = Sample.Rollout(1, null, Sample.To(First), RolloutPhase.Succeeded, RolloutReasons.Initial, Sample.Now.AddDays(-1));
    private static readonly SpecProblem Conflict = new("HostConflict", "shared.example.com is owned by prod/older");
    private static readonly SpecProblem Unusable = new("StrategyNotFound", "there is no strategy of the name");

    [Fact]
    public void First_version_coming_up() =>
        Row(Coming()).Should().Be("Pending: Available False, Progressing True (Preparing), Ready False, Reconciling True");

    [Fact]
    public void First_version_failed() =>
        Row(Coming(RolloutReasons.DeadlineExceeded)).Should().Be("Degraded: Available False, Progressing False (DeadlineExceeded), Ready False, Stalled True (DeadlineExceeded)");

    [Fact]
    public void Serving_and_nothing_going_on() =>
        Row(Serving()).Should().Be("Serving: Available True, Progressing False (Serving), Ready True");

    [Fact]
    public void Baking()
    {
        var baking = Sample.Rollout(2, Sample.To(First), Sample.To(Second), RolloutPhase.Baking, promotedAt: Sample.Now);

        Row(Wanting("delays-v2", baking)).Should().Be("Serving: Available True, Progressing False (Baking), Ready True");
    }

    [Fact]
    public void Rollout_about_to_begin() =>
        Row(Wanting("delays-v2")).Should().Be("RollingOut: Available True, Progressing True (Pending), Ready False, Reconciling True");

    [Theory]
    [InlineData(RolloutPhase.Preparing)]
    [InlineData(RolloutPhase.Progressing)]
    [InlineData(RolloutPhase.Promoting)]
    [InlineData(RolloutPhase.RollingBack)]
    public void Rollout_under_way(RolloutPhase phase) =>
        Row(Wanting("delays-v2", Running(phase))).Should().Be($"RollingOut: Available True, Progressing True ({phase}), Ready False, Reconciling True");

    [Fact]
    public void Rollout_under_way_where_ready_means_serving()
    {
        var inputs = ReadyWhenServing(Wanting("delays-v2", Running(RolloutPhase.Progressing)));

        Row(inputs).Should().Be("RollingOut: Available True, Progressing True (Progressing), Ready True", "kstatus takes what is Reconciling for not current");
        Row(inputs with { Pods = Pods(0, 3) }).Should().Be("RollingOut: Available False, Progressing True (Progressing), Ready False, Reconciling True");
    }

    [Fact]
    public void Waiting_for_a_person() =>
        Row(Wanting("delays-v2", Held(RolloutReasons.UserHold))).Should().Be("RollingOut: Available True, Paused True (User), Progressing True (User), Ready False, Reconciling True");

    [Fact]
    public void Held_for_another_reason()
    {
        Row(Wanting("delays-v2", Held(RolloutReasons.CapacityHold))).Should().Be("RollingOut: Available True, Progressing True (Capacity), Ready False, Reconciling True");
        Row(Wanting("delays-v2", Held(RolloutReasons.EvidenceMissingHold))).Should()
            .Be("RollingOut: Available True, EvidenceMissing True (EvidenceMissing), Progressing True (EvidenceMissing), Ready False, Reconciling True");
    }

    [Fact]
    public void Taken_back_while_stable_serves()
    {
        var inputs = Wanting("delays-v2", TakenBack(Second));

        Row(inputs).Should().Be("Degraded: Available True, Progressing False (RolledBack), Ready False, Stalled True (RolledBack)");
        Message(inputs, ConditionTypes.Stalled).Should().Contain("delays-v1 serves").And.Contain("set spec.modelVersionRef to another version");
    }

    [Fact]
    public void A_template_that_was_taken_back_is_what_to_change_not_the_version()
    {
        var deployment = Sample.Deployment();
        deployment.Spec = deployment.Spec with { Template = new TemplateOverlay { ServiceAccountName = "other" } };
        var inputs = Serving() with { Deployment = deployment };
        var planned = DeploymentPlanner.Plan(inputs).NewRevision!;
        inputs = inputs with { Rollouts = [Initial, TakenBack(planned)], Revisions = [First, planned] };

        Row(inputs).Should().Be("Degraded: Available True, Progressing False (RolledBack), Ready False, Stalled True (RolledBack)");
        Message(inputs, ConditionTypes.Stalled).Should().Contain("spec.template").And.NotContain("spec.modelVersionRef");
    }

    [Fact]
    public void A_spec_that_cannot_be_used()
    {
        Row(Serving() with { Problem = Unusable }).Should().Be("Degraded: Available True, Progressing False (StrategyNotFound), Ready False, Stalled True (StrategyNotFound)");
        Row(Serving() with { Problem = Unusable, Pods = Pods(0, 0) }).Should().Be("Degraded: Available False, Progressing False (StrategyNotFound), Ready False, Stalled True (StrategyNotFound)");
        Row(Sample.Inputs(Sample.Deployment(), Sample.Version("delays-v1")) with { Problem = Unusable }).Should()
            .Be("Degraded: Available False, Progressing False (StrategyNotFound), Ready False, Stalled True (StrategyNotFound)");
    }

    [Fact]
    public void A_spec_that_cannot_be_used_does_not_hide_the_rollout_that_runs()
    {
        Row(Wanted(Wanting("delays-v2", Running(RolloutPhase.Progressing))) with { Problem = Unusable }).Should()
            .Be("Degraded: Available True, Progressing True (Progressing), Ready False, Stalled True (StrategyNotFound)");
        Row(Wanted(Wanting("delays-v2", Held(RolloutReasons.UserHold))) with { Problem = Unusable }).Should()
            .Be("Degraded: Available True, Paused True (User), Progressing True (User), Ready False, Stalled True (StrategyNotFound)");
    }

    [Fact]
    public void A_taken_host_stalls_in_every_row()
    {
        Row(Serving() with { HostConflict = Conflict }).Should()
            .Be("Degraded: Available True, HostConflict True (HostConflict), Progressing False (HostConflict), Ready False, Stalled True (HostConflict)");
        Row(ReadyWhenServing(Wanting("delays-v2", Running(RolloutPhase.Progressing))) with { HostConflict = Conflict }).Should()
            .Be("Degraded: Available True, HostConflict True (HostConflict), Progressing True (Progressing), Ready False, Stalled True (HostConflict)");
        Row(Idle() with { HostConflict = Conflict }).Should()
            .Be("Degraded: Available False, HostConflict True (HostConflict), Progressing False (HostConflict), Ready False, Stalled True (HostConflict)");
        Row(Coming() with { HostConflict = Conflict }).Should()
            .Be("Degraded: Available False, HostConflict True (HostConflict), Progressing True (Preparing), Ready False, Stalled True (HostConflict)");
        Row(Serving() with { HostConflict = Conflict, Pods = Pods(1, 0) }).Should()
            .Be("Degraded: Available True, HostConflict True (HostConflict), Progressing False (HostConflict), Ready False, Stalled True (HostConflict)");
    }

    [Fact]
    public void A_taken_host_does_not_hide_why_a_version_was_taken_back() =>
        Row(Wanting("delays-v2", TakenBack(Second)) with { HostConflict = Conflict }).Should()
            .Be("Degraded: Available True, HostConflict True (HostConflict), Progressing False (RolledBack), Ready False, Stalled True (RolledBack)");

    [Fact]
    public void Stable_below_its_floor()
    {
        Row(Serving() with { Pods = Pods(2, 0) }).Should().Be("Serving: Available True, Progressing False (Scaling), Ready False, Reconciling True");
        Row(Serving() with { Pods = Pods(0, 0) }).Should().Be("Degraded: Available False, Progressing False (Scaling), Ready False, Reconciling True");
    }

    [Fact]
    public void No_replicas() =>
        Row(Idle()).Should().Be("Serving: Available False, Progressing False (Idle), Ready True");

    private static DeploymentInputs Serving() => Wanting("delays-v1");

    private static DeploymentInputs Wanting(string version, params ModelRollout[] later) =>
        Sample.Inputs(Sample.Deployment(version), Sample.Version(version, version == "delays-v2" ? Sample.Digest2 : Sample.Digest1)) with
        {
            Rollouts = [Initial, .. later],
            Revisions = [First, Second],
            Pods = Pods(3, 3),
        };

    private static DeploymentInputs Coming(string reason = "") => Sample.Inputs(Sample.Deployment(), Sample.Version("delays-v1")) with
    {
        Rollouts = [Sample.Rollout(1, null, Sample.To(First), RolloutPhase.Preparing, reason)],
        Revisions = [First],
    };

    private static DeploymentInputs Idle()
    {
        var inputs = Serving() with { Pods = Pods(0, 0) };
        inputs.Deployment.Spec = inputs.Deployment.Spec with { Replicas = 0 };
        return inputs;
    }

    private static DeploymentInputs ReadyWhenServing(DeploymentInputs inputs)
    {
        inputs.Deployment.Spec = inputs.Deployment.Spec with { ReadyWhen = ReadyWhen.Serving };
        return inputs;
    }

    /// <summary>The wish as it was before the spec became unusable.</summary>
    private static DeploymentInputs Wanted(DeploymentInputs inputs)
    {
        inputs.Deployment.Status = DeploymentPlanner.Plan(inputs).Status;
        return inputs;
    }

    private static Dictionary<string, RevisionPods> Pods(int first, int second) =>
        new(StringComparer.Ordinal) { [First.Revision] = new(3, 3, first), [Second.Revision] = new(3, 3, second) };

    private static ModelRollout Running(RolloutPhase phase) => Sample.Rollout(2, Sample.To(First), Sample.To(Second), phase);

    private static ModelRollout TakenBack(RevisionRecord to) => Sample.Rollout(2, Sample.To(First), Sample.To(to), RolloutPhase.RolledBack, RolloutReasons.Failed);

    private static ModelRollout Held(string hold)
    {
        var running = Running(RolloutPhase.Progressing);
        running.Status = running.Status! with { Holds = [new RolloutHold { Name = hold, Reason = "held", Since = Sample.Now }] };
        return running;
    }

    private static string Row(DeploymentInputs inputs)
    {
        var status = DeploymentPlanner.Plan(inputs).Status;
        var conditions = status.Conditions!.Select(condition => condition.Type is ConditionTypes.Available or ConditionTypes.Ready or ConditionTypes.Reconciling
            ? $"{condition.Type} {condition.Status}"
            : $"{condition.Type} {condition.Status} ({condition.Reason})");
        return $"{status.Phase}: {string.Join(", ", conditions)}";
    }

    private static string Message(DeploymentInputs inputs, string type) => DeploymentPlanner.Plan(inputs).Status.Conditions!.Single(condition => condition.Type == type).Message;
}
