using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.Api;
using MlopsOperator.Api.Routes;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Watching;

/// <summary>Lets a gateway take its routes from the cluster that KUBECONFIG or the pod's service account names.</summary>
internal static class ClusterRoutes
{
    /// <summary>Adds the watches. Of EndpointSlices only those of revisions are watched.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddKubernetesOperator(settings => settings.WithName("mlops-gateway"))
            .AddCache<V1EndpointSlice>(cache => cache.LabelSelector = WellKnown.RevisionLabel)
            .AddController<ChangeSignal<GatewayRoute>, GatewayRoute>()
            .AddController<ChangeSignal<V1EndpointSlice>, V1EndpointSlice>();
        services.AddSingleton<ClusterRouteSource>();
        services.AddSingleton<IRouteSource>(provider => provider.GetRequiredService<ClusterRouteSource>());
    }
}
