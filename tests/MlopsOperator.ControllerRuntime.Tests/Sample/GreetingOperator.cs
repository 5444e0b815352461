using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace Greetings;

/// <summary>Keeps a ConfigMap with a greeting for each Greeting.</summary>
[EntityRbac(typeof(Greeting), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(V1ConfigMap), Verbs = RbacVerb.Read | RbacVerb.Create | RbacVerb.Patch)]
public sealed class GreetingController(ObjectApplier applier, IObjectCache<V1ConfigMap> maps) : IEntityController<Greeting>
{
    public async Task<ReconciliationResult<Greeting>> ReconcileAsync(Greeting entity, CancellationToken cancellationToken)
    {
        var (name, @namespace) = (entity.Metadata.Name, entity.Metadata.NamespaceProperty);
        var owner = new JsonObject { ["apiVersion"] = entity.ApiVersion, ["kind"] = entity.Kind, ["name"] = name, ["uid"] = entity.Metadata.Uid, ["controller"] = true };
        var content = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["ownerReferences"] = new JsonArray(owner) },
            ["data"] = new JsonObject { ["text"] = $"Hello, {entity.Spec.Name}!" },
        };
        await applier.ApplyAsync(content, maps.Get(@namespace, name), "greetings", cancellationToken);
        return ReconciliationResult<Greeting>.Success(entity);
    }

    public Task<ReconciliationResult<Greeting>> DeletedAsync(Greeting entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<Greeting>.Success(entity)); // The ConfigMap goes with its owner.
}

public static class GreetingOperator
{
    /// <summary>The operator as a web application, which serves /healthz, /readyz and /metrics.</summary>
    public static WebApplication Create(Func<KubernetesClientConfiguration> cluster, params string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Services.AddSingleton<IKubernetesTransport>(_ => new HttpTransport(cluster, TimeProvider.System));
        builder.Services.AddKubernetesOperator(settings => settings.WithName("greetings").WithLeaderElection(LeaderElectionType.Single))
            .AddController<GreetingController, Greeting>(watches => watches.Owns<V1ConfigMap>());
        var application = builder.Build();
        application.MapOperatorEndpoints();
        return application;
    }
}
