using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Models;
using MlopsOperator.Operator.Requests;
using MlopsOperator.Operator.Rollouts;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.GoldenTests;
using MlopsOperator.Operator.Rollouts.Observing;
using MlopsOperator.Operator.Rollouts.Probing;
using MlopsOperator.Operator.Strategies;
using MlopsOperator.Operator.Traffic.BuiltIn;
using Prometheus;

namespace MlopsOperator.Operator.Hosting;

/// <summary>Puts the operator together. What reaches outside the API server (<see cref="IInferenceClient"/>, <see cref="ITelemetryClient"/>) is added by the caller.</summary>
internal static class ModelOperatorServices
{
    /// <summary>Name of the controller that turns wishes into rollouts.</summary>
    public const string DeploymentController = "modeldeployments";

    /// <summary>Name of the controller that carries rollouts out.</summary>
    public const string RolloutController = "modelrollouts";

    private const int RolloutWorkers = 4;

    // A run waits for three writes one after the other: with one worker, a thousand deployments after a start would wait for each other's.
    private const int DeploymentWorkers = 4;

    // A candidate that must be taken back is not to stay in the traffic for minutes after the API server has recovered.
    private static readonly TimeSpan LongestRolloutRetry = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddModelOperator(this IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DeploymentReferences>();
        services.AddSingleton<DeploymentGatherer>();
        services.AddSingleton<BaselineSaving>();
        services.AddSingleton<TakenNames>();
        services.AddSingleton<LostRecords>();
        services.AddSingleton<LiveOwners>();
        services.AddSingleton<RolloutGatherer>();
        services.AddSingleton<RolloutMemory>();
        services.AddSingleton<RequestBook>();
        services.AddSingleton<RevisionObserver>();
        services.AddSingleton<RevisionWriter>();
        services.AddSingleton<ChildWriter>();
        services.AddSingleton<GoldenTestRunner>();
        services.AddSingleton<ReadinessReasons>();
        services.AddSingleton<PodProbes>();
        services.AddSingleton<GatewayDirectory>();
        services.AddSingleton<IGatewayDirectory>(provider => provider.GetRequiredService<GatewayDirectory>());
        services.AddSingleton<RouteEvidence>();
        services.AddSingleton(provider => new ScraperMetrics(Metrics.WithCustomRegistry(provider.GetRequiredService<CollectorRegistry>())));
        services.AddSingleton(provider => new ExposureFloors(options.ExposureLease, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RolloutMetrics(Metrics.WithCustomRegistry(provider.GetRequiredService<CollectorRegistry>())));
        services.AddSingleton<RoundScraper>();
        services.AddSingleton<GatewayScraper>();
        services.AddSingleton<BuiltInTrafficProvider>();
        services.AddSingleton<ITrafficProvider>(provider => provider.GetRequiredService<BuiltInTrafficProvider>());
        services.AddSingleton<IBaselineSource>(provider => provider.GetRequiredService<BuiltInTrafficProvider>());
        var builder = services.AddKubernetesOperator(settings => settings
            .WithName("mlops-operator")
            .WithInstance(options.Instance)
            .WithLeaderElection(
                options.LeaderElection ? LeaderElectionType.Single : LeaderElectionType.None,
                election => election.LeaseNamespace = options.LeaderElectionNamespace));
        AddControllers(builder, options).AddWork<ScrapingWork>();
        return services;
    }

    private static OperatorBuilder AddControllers(OperatorBuilder builder, OperatorOptions options) => AddCaches(builder, options)
        .AddController<ModelDeploymentReconciler, ModelDeployment>(watches => watches
            .Named(DeploymentController)
            .WithWorkers(DeploymentWorkers)
            .Watches<ModelRollout>(DeploymentKeys.OfLabel)
            .Watches<V1ControllerRevision>(DeploymentKeys.OfLabel)
            .Watches<V1Deployment>(DeploymentKeys.OfLabel)
            .Watches<V1EndpointSlice>(DeploymentKeys.OfLabel)
            .Watches<ModelVersion>((version, provider) => DeploymentKeys.OfVersion(version, Deployments(provider)))
            .Watches<ClusterModelRuntime>((runtime, provider) => DeploymentKeys.OfRuntime(runtime, Deployments(provider)))
            .Watches<RolloutStrategy>((strategy, provider) => DeploymentKeys.OfStrategy(strategy, Deployments(provider)))
            .Watches<ClusterRolloutStrategy>((strategy, provider) => DeploymentKeys.OfStrategy(strategy, Deployments(provider)))
            .Watches<ModelDeployment>((deployment, provider) => DeploymentKeys.SharingHosts(deployment, Deployments(provider), options.ClusterDomain)))
        .AddController<ModelRolloutReconciler, ModelDeployment>(watches => watches
            .Named(RolloutController)
            .WithWorkers(RolloutWorkers)
            .WithLongestRetry(LongestRolloutRetry)
            .When(IntentDiffers)
            .Watches<ModelRollout>(DeploymentKeys.OfLabel)
            .Watches<V1ControllerRevision>(DeploymentKeys.OfLabel)
            .Watches<V1Deployment>(DeploymentKeys.OfLabel)
            .Watches<V1EndpointSlice>(DeploymentKeys.OfLabel)
            .Watches<V1Pod>(DeploymentKeys.OfLabel)
            .Watches<V1Service>(DeploymentKeys.OfLabel)
            .Watches<GatewayRoute>(DeploymentKeys.OfLabel)
            .Watches<RolloutRequest>(RequestKeys.Deployment)
            .Watches<ModelDeployment>((deployment, provider) => DeploymentKeys.SharingHosts(deployment, Deployments(provider), options.ClusterDomain)))
        .AddController<ModelVersionReconciler, ModelVersion>(watches => watches
            .Watches<ModelDeployment>(ModelVersionKeys.OfDeployment))
        .AddController<ModelRuntimeReconciler, ClusterModelRuntime>()
        .AddController<RolloutStrategyReconciler<RolloutStrategy>, RolloutStrategy>()
        .AddController<RolloutStrategyReconciler<ClusterRolloutStrategy>, ClusterRolloutStrategy>()
        .AddController<RolloutRequestReconciler, RolloutRequest>(watches => watches
            .Watches<ModelRollout>((rollout, provider) => RequestKeys.OfRollout(rollout, Requests(provider)))
            .Watches<ModelDeployment>((deployment, provider) => RequestKeys.OfDeployment(deployment, Requests(provider))));

    private static OperatorBuilder AddCaches(OperatorBuilder builder, OperatorOptions options) => builder
        .AddCache<ModelDeployment>(cache => cache
            .Index(CacheIndexes.ByListedHost, HostClaims.Listed)
            .Index(CacheIndexes.ByImpliedHost, deployment => HostClaims.Implied(deployment, options.ClusterDomain)))
        .AddCache<ModelRollout>(cache => cache.Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel))
        .AddCache<RolloutRequest>(cache => cache.Index(CacheIndexes.ByDeployment, RequestKeys.IndexOf))
        .AddCache<V1ControllerRevision>(cache => Owned(cache).Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel))
        .AddCache<V1Deployment>(cache => Owned(cache).Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel))
        .AddCache<V1Pod>(cache => Owned(cache).Index(CacheIndexes.ByRevision, CacheIndexes.OfRevisionLabel))
        .AddCache<V1Service>(cache => Owned(cache))

        // Without a selector: the gateway Service's slices are not labelled as ours.
        .AddCache<V1EndpointSlice>(cache => cache
            .Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel)
            .Index(CacheIndexes.ByRevision, CacheIndexes.OfRevisionLabel)
            .Index(CacheIndexes.ByService, CacheIndexes.OfService));

    private static CacheOptions<T> Owned<T>(CacheOptions<T> cache)
        where T : class, k8s.IKubernetesObject<V1ObjectMeta>
    {
        cache.LabelSelector = WellKnown.DeploymentLabel;
        return cache;
    }

    /// <summary>A rollout follows the spec and the wish; other parts of the status are for readers.</summary>
    private static bool IntentDiffers(ModelDeployment before, ModelDeployment after) =>
        before.Metadata.Generation != after.Metadata.Generation
        || before.Status?.Wanted != after.Status?.Wanted
        || before.Metadata.DeletionTimestamp != after.Metadata.DeletionTimestamp;

    private static RequestBook Requests(IServiceProvider provider) => provider.GetRequiredService<RequestBook>();

    private static IObjectCache<ModelDeployment> Deployments(IServiceProvider provider) => provider.GetRequiredService<IObjectCache<ModelDeployment>>();
}
