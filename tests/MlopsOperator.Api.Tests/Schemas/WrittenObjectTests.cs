using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.Api.Tests.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Schemas;

/// <summary>What the operator writes must be what its own definitions take: a refused status write would stop a rollout.</summary>
public sealed class WrittenObjectTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 125, TimeSpan.Zero);

    private static readonly Condition Ready = new()
    {
        Type = ConditionTypes.Ready,
        Status = "False",
        Reason = "Progressing",
        Message = "",
        LastTransitionTime = Now,
        ObservedGeneration = 3,
    };

    [Fact]
    public void A_deployment_with_all_of_its_status() => Taken(new ModelDeployment
    {
        Metadata = new V1ObjectMeta { Name = "delays" },
        Spec = new ModelDeploymentSpec { ModelVersionRef = new NameReference { Name = "delays-v2" } },
        Status = new ModelDeploymentStatus
        {
            ObservedGeneration = 3,
            Phase = DeploymentPhase.RollingOut,
            Url = "http://delays.prod.svc",
            Wanted = new WantedRevision { Revision = "5f7c9d", ModelVersion = "delays-v2", Generation = 3 },
            Baseline = new BaselineEvidence { Revision = "7d4b5c", Interval = "125ms", Blocks = 60, Requests = 2250, Errors = 3, ErrorSquares = 3.5 },
            LastRollout = 2,
            Stable = new StableRevision { Revision = "7d4b5c", ModelVersion = "delays-v1", Rollout = 1, Replicas = 2, Ready = 2 },
            Candidate = new CandidateRevision { Revision = "5f7c9d", ModelVersion = "delays-v2", Weight = 1000, Step = "3/9 weight 10%" },
            Rejected = [new RejectedRevision { Revision = "00c0de", ModelVersion = "delays-v0", Reason = "Failed", Time = Now }],
            Replicas = 3,
            Selector = "mlops-operator.io/revision in (5f7c9d,7d4b5c)",
            Columns = new DeploymentColumns { Version = "delays-v1", Ready = "2/2", Candidate = "delays-v2", Weight = "10%", Reason = "Progressing" },
            Conditions = [Ready],
        },
    });

    [Fact]
    public void A_rollout_with_all_of_its_record() => Taken(new ModelRollout
    {
        Metadata = new V1ObjectMeta { Name = "delays-2" },
        Spec = new ModelRolloutSpec
        {
            Deployment = "delays",
            Number = 2,
            FirstSequence = 4,
            Strategy = StrategyDefaults.Resolve(null),
            From = new RolloutRevision { Revision = "7d4b5c", ModelVersion = "delays-v1" },
            To = new RolloutRevision { Revision = "5f7c9d", ModelVersion = "delays-v2" },
        },
        Status = new ModelRolloutStatus
        {
            ObservedGeneration = 1,
            Phase = RolloutPhase.Progressing,
            StartedAt = Now,
            FinishedAt = Now,
            PromotedAt = Now,
            TrafficRemovedAt = Now,
            Tests = [new Rollouts.TestResult { Name = "complete", Passed = false, Message = "label: expected 1, found 0" }],
            Clocks = new RolloutClocks { DeadlineUsedSeconds = 1.25, LastSeen = Now, CapacityShortSince = Now, StableLostSince = Now, UnknownSince = Now, DrainedSince = Now },
            Holds = [new RolloutHold { Name = RolloutReasons.UserHold, Reason = "spec.paused", Since = Now }],
            Step = new RolloutStep { Index = 3, Name = "weight 10%", StartedAt = Now, AcknowledgedAt = Now, WaitingFor = "errors" },
            Weights = new RolloutWeights { Stable = 9000, Candidate = 1000 },
            Sequence = 5,
            Salt = "delays-2",
            BaseReplicas = 2,
            Evidence = new JsonObject { ["v"] = 1, ["judges"] = new JsonArray(1, 2.5, "x") },
            EvidenceSavedAt = Now,
            Verdicts =
            [
                new MetricVerdict
                {
                    Metric = "errors.ceiling", State = VerdictState.Unknown, Reason = "TooFewBlocks", Candidate = 0.01, Stable = 0.001, Samples = 300,
                    FailEvidence = -2.5, PassEvidence = 1.5, Threshold = 0.05, Needs = "about 300 more requests",
                },
            ],
            History = [new HistoryEntry { Time = Now, Event = "WeightRaised", Actor = "engine", Detail = "from 0% to 10%" }],
            Columns = new RolloutColumns { Step = "2/5", Weight = "10%", WaitingFor = "errors" },
            Conditions = [Ready],
        },
    });

    [Fact]
    public void A_rollout_that_has_just_been_created() => Taken(new ModelRollout
    {
        Metadata = new V1ObjectMeta { Name = "delays-1" },
        Spec = new ModelRolloutSpec
        {
            Deployment = "delays",
            Number = 1,
            Strategy = StrategyDefaults.Resolve(null),
            To = new RolloutRevision { Revision = "7d4b5c", ModelVersion = "delays-v1" },
        },
        Status = new ModelRolloutStatus(),
    });

    [Fact]
    public void A_route() => Taken(new GatewayRoute
    {
        Metadata = new V1ObjectMeta { Name = "delays" },
        Spec = new GatewayRouteSpec
        {
            Sequence = 5,
            Hosts = ["delays.prod", "delays.prod.svc", "delays.prod.svc.cluster.local"],
            Backends =
            [
                new RouteBackend { Role = BackendRole.Stable, Revision = "7d4b5c", ModelVersion = "delays-v1", Service = "delays-7d4b5c", Port = 8080, Weight = 9000 },
                new RouteBackend { Role = BackendRole.Candidate, Revision = "5f7c9d", ModelVersion = "delays-v2", Service = "delays-5f7c9d", Port = 8080, Weight = 1000 },
            ],
            Sticky = new StickySpec { Header = "x-user-id" },
            Salt = "delays-2",
        },
        Status = new GatewayRouteStatus(),
    });

    private static void Taken<T>(T written)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(written, ApiJson.Options)!;
        SchemaCheck.Check(json, GeneratedCrds.Schema(typeof(T))).Should().BeEmpty();
        KindRules.Check(json).Should().BeEmpty();
        var again = JsonSerializer.SerializeToNode(json.Deserialize<T>(ApiJson.Options), ApiJson.Options);
        JsonNode.DeepEquals(again, json).Should().BeTrue("nothing is lost between writing and reading");
    }
}
