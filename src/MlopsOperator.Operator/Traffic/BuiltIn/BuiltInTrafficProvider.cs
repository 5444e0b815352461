using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Rollouts;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Traffic.BuiltIn;

/// <summary>The built-in gateways: a GatewayRoute says what shall be, their telemetry says what is.</summary>
[EntityRbac(typeof(GatewayRoute), Verbs = RbacVerb.Read | RbacVerb.Create | RbacVerb.Patch)]
internal sealed class BuiltInTrafficProvider(
    RouteEvidence evidence,
    GatewayScraper scraper,
    ExposureFloors floors,
    GatewayDirectory gateways,
    IObjectCache<GatewayRoute> routes,
    ChildWriter children) : ITrafficProvider, IBaselineSource
{
    public void Watch(ModelDeployment deployment, TimeSpan interval)
    {
        scraper.Watch(Key(deployment), interval);
        if (deployment.Status?.Baseline is { } saved)
        {
            evidence.Seed(Key(deployment), saved);
        }
    }

    public TrafficObservation Observe(ModelDeployment deployment)
    {
        var reports = evidence.Report(Key(deployment)).ToDictionary(report => report.Gateway, StringComparer.Ordinal);
        return new TrafficObservation
        {
            GatewaysSettled = gateways.IsSettled,
            JudgingSince = gateways.JudgingSince,
            Gateways =
            [
                .. gateways.All().Select(gateway => (reports.TryGetValue(gateway.Name, out var report)
                    ? report.ToObservation(gateway.Ready, gateway.LeftAt)
                    : new GatewayObservation { Name = gateway.Name, Ready = gateway.Ready, LeftAt = gateway.LeftAt }) with { FloorsNamed = floors.Named(Key(deployment), gateway.Name) }),
            ],
        };
    }

    public IReadOnlyList<EvidenceRound> DrainEvidence(ModelDeployment deployment) => evidence.Drain(Key(deployment));

    public Task ApplyAsync(ModelDeployment deployment, GatewayRouteSpec route, CancellationToken cancellationToken)
    {
        // A backend whose port nobody knows any more: no gateway would take such a route, and the former one serves.
        return route.Backends.Any(backend => backend.Port == 0)
            ? Task.CompletedTask
            : children.ApplyAsync(deployment, ChildObjects.Route(deployment, route), Stored(deployment), cancellationToken);
    }

    public long HighestSequence(ModelDeployment deployment) => Stored(deployment)?.Spec.Sequence ?? 0;

    public TrafficSpec? InEffect(ModelDeployment deployment) => Stored(deployment)?.Spec is { } route
        ? new TrafficSpec { Hosts = route.Hosts, Path = route.Path, Sticky = route.Sticky, Timeout = route.Timeout, ExposeVersion = route.ExposeVersion }
        : null;

    public BaselineEvidence? Current(string @namespace, string name, string revision) => evidence.Baseline(CacheIndexes.Key(@namespace, name), revision);

    public void Judge(ModelDeployment deployment, long? floor) => floors.Set(Key(deployment), floor);

    public void Forget(ModelDeployment deployment)
    {
        scraper.Forget(Key(deployment));
        floors.Forget(Key(deployment));
    }

    private GatewayRoute? Stored(ModelDeployment deployment) => routes.Get(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name);

    private static string Key(ModelDeployment deployment) => CacheIndexes.Key(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name);
}
