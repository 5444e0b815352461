using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Values;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Requests;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.Observing;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>Reads what a decision depends on. Has no opinion about rollouts.</summary>
internal sealed class RolloutGatherer(
    IObjectCache<ModelDeployment> deployments,
    IObjectCache<ModelRollout> rollouts,
    RevisionObserver revisions,
    ITrafficProvider traffic,
    RevisionWriter writer,
    ChildWriter children,
    RolloutMemory memory,
    RequestBook requests,
    OperatorOptions options,
    IRandomSource random,
    TimeProvider time)
{
    /// <summary>Rollouts of a deployment with their newest records, the newest first.</summary>
    public IReadOnlyList<ModelRollout> Rollouts(ModelDeployment deployment) =>
    [
        .. rollouts.ByIndex(CacheIndexes.ByDeployment, CacheIndexes.Key(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name))
            .Where(rollout => DeploymentGatherer.IsOwned(rollout.Metadata, deployment))
            .OrderByDescending(rollout => rollout.Spec.Number)
            .Select(memory.Newest),
    ];

    /// <summary>The inputs of one rollout's decision.</summary>
    public RolloutInputs Gather(ModelDeployment deployment, IReadOnlyList<ModelRollout> rollouts, int index, IReadOnlyList<EvidenceRound> evidence)
    {
        var (rollout, newer) = (rollouts[index], rollouts.Take(index).ToList());
        return Gather(deployment, rollout, newer, rollouts, evidence);
    }

    private RolloutInputs Gather(
        ModelDeployment deployment, ModelRollout rollout, List<ModelRollout> newer, IReadOnlyList<ModelRollout> all, IReadOnlyList<EvidenceRound> evidence) => new()
    {
        Now = time.GetUtcNow(),
        Spec = rollout.Spec with { FirstSequence = FirstSequence(deployment, rollout, all) },
        Record = (rollout.Status ?? new ModelRolloutStatus()) with { ObservedGeneration = rollout.Metadata.Generation ?? 0 },
        IsNewest = newer.Count == 0,
        RevisionsOfNewer = [.. newer.SelectMany(other => new[] { other.Spec.From?.Revision, other.Spec.To.Revision }).OfType<string>().Distinct(StringComparer.Ordinal)],
        Intent = Intent(deployment, Interval(rollout)),
        Candidate = Observe(deployment, rollout.Spec.To.Revision),
        Stable = rollout.Spec.From is { } from ? Observe(deployment, from.Revision) : null,
        Traffic = traffic.Observe(deployment),
        RouteSequence = traffic.HighestSequence(deployment),
        TestResults = memory.TakeTests(rollout),
        Evidence = evidence,
        Rollout = new RequestedRollout { Name = rollout.Metadata.Name, Uid = rollout.Metadata.Uid },
        Requests = newer.Count == 0 ? requests.Pending(deployment, all) : [],
        PauseBefore = all.Skip(newer.Count + 1).FirstOrDefault()?.Status?.Paused,
        FreshSalt = Salt(),
    };

    /// <summary>The inputs, with no more ready endpoints than the API server itself has now: watches may be behind, and a weight that rises sends requests there.</summary>
    public async Task<RolloutInputs> VerifyAsync(ModelDeployment deployment, RolloutInputs inputs, CancellationToken cancellationToken)
    {
        return inputs with
        {
            Candidate = await VerifiedAsync(inputs.Candidate, inputs.Spec.To.Revision),
            Stable = inputs.Stable is { } stable ? await VerifiedAsync(stable, inputs.Spec.From!.Revision) : null,
        };

        async Task<RevisionObservation> VerifiedAsync(RevisionObservation seen, string revision) => seen.ReadyEndpoints == 0
            ? seen
            : seen with { ReadyEndpoints = Math.Min(seen.ReadyEndpoints, await revisions.ReadyNowAsync(deployment, revision, cancellationToken)) };
    }

    /// <summary>
    /// The predecessor may have changed the route between the creation of a rollout and its first decision, unseen by the caches: the sequence only rises, and
    /// no number is used for two contents.
    /// </summary>
    private long FirstSequence(ModelDeployment deployment, ModelRollout rollout, IReadOnlyList<ModelRollout> all) => rollout.Status is { Sequence: > 0 }
        ? rollout.Spec.FirstSequence
        : Math.Max(rollout.Spec.FirstSequence, Math.Max(traffic.HighestSequence(deployment), all.Max(other => other.Status?.Sequence ?? 0)) + 1);

    /// <summary>What the caches show, mended by what this process has written and they do not show yet.</summary>
    private RevisionObservation Observe(ModelDeployment deployment, string revision)
    {
        var observed = revisions.Observe(deployment, revision, writer.Unseen(deployment, revision));
        return observed with { Problem = writer.Refusal(deployment, revision) ?? observed.Problem };
    }

    private DeploymentIntent Intent(ModelDeployment deployment, TimeSpan interval)
    {
        var spec = UsableSpec.Of(deployment, traffic.InEffect(deployment));
        var usable = new ModelDeployment { Metadata = deployment.Metadata, Spec = spec, Status = deployment.Status };
        return new DeploymentIntent
        {
            Namespace = deployment.Metadata.NamespaceProperty,
            Name = deployment.Metadata.Name,
            Deleting = deployment.Metadata.DeletionTimestamp is not null,
            Paused = spec.Paused,
            WantedRevision = deployment.Status?.Wanted?.Revision ?? "",
            Replicas = DeploymentStates.Floor(spec),
            ProgressDeadline = Parse(spec.ProgressDeadline, DeploymentDefaults.ProgressDeadline),
            Hosts = HostClaims.Owned(usable, HostClaims.Rivals(usable, deployments), options.ClusterDomain),
            Path = spec.Traffic?.Path ?? "/",
            Sticky = spec.Traffic?.Sticky,
            Timeout = Parse(spec.Traffic?.Timeout, DeploymentDefaults.RequestTimeout),
            ExposeVersion = spec.Traffic?.ExposeVersion ?? false,

            // A lease that ends between two scrapes would take the exposure back again and again.
            ExposureLease = interval * 2 <= options.ExposureLease ? options.ExposureLease : null,
            Contested = children.IsContested(deployment),
        };
    }

    /// <summary>Time between scrapes, by a rollout's own copy of its strategy.</summary>
    public static TimeSpan Interval(ModelRollout rollout) => Parse(rollout.Spec.Strategy.Analysis?.Interval, StrategyDefaults.Interval);

    private string Salt()
    {
        Span<byte> bytes = stackalloc byte[8];
        random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A duration that cannot be parsed is a problem of the spec, shown by the deployment's reconciler; meanwhile the default holds.</summary>
    private static TimeSpan Parse(string? text, string byDefault) =>
        (GoDuration.TryParse(text, out var duration) || GoDuration.TryParse(byDefault, out duration)) ? duration.Value : TimeSpan.Zero;
}
