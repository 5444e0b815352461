using Prometheus;

namespace MlopsOperator.Gateway.Observing;

/// <summary>What the gateway counts about itself. Not on the path of requests that are forwarded.</summary>
internal sealed class GatewayCounters
{
    private readonly Counter refusals;

    /// <summary>Counters in a registry.</summary>
    public GatewayCounters(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        refusals = factory.CreateCounter("mlops_gateway_refusals_total", "Requests that no revision got to see, by reason.", "reason");
        RouteRefusals = factory.CreateCounter("mlops_gateway_route_refusals_total", "GatewayRoutes whose content could not be used; each reason is counted once.");
        RoutesRefused = factory.CreateGauge("mlops_gateway_routes_refused", "GatewayRoutes whose content cannot be used now.");
        RoutesInEffect = factory.CreateGauge("mlops_gateway_routes", "Routes in effect.");
        HostConflicts = factory.CreateGauge("mlops_gateway_host_conflicts", "Hosts and paths that more than one route claims.");
        Retries = factory.CreateCounter("mlops_gateway_connect_retries_total", "Requests that were sent a second time, as no connection could be made.");
    }

    /// <summary>Routes that could not be used.</summary>
    public Counter RouteRefusals { get; }

    /// <summary>Routes that cannot be used now.</summary>
    public Gauge RoutesRefused { get; }

    /// <summary>Routes in effect.</summary>
    public Gauge RoutesInEffect { get; }

    /// <summary>Claims that lost.</summary>
    public Gauge HostConflicts { get; }

    /// <summary>Second attempts.</summary>
    public Counter Retries { get; }

    /// <summary>A request was refused.</summary>
    public void Refused(string reason) => refusals.WithLabels(reason).Inc();
}
