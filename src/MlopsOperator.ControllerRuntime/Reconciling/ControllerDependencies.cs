using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Reconciling;

/// <summary>What every runner of a kind needs.</summary>
internal sealed record ControllerDependencies<TEntity>(
    IServiceProvider Services,
    ControllerQueues Queues,
    ObjectStore<TEntity> Store,
    OwnWrites OwnWrites,
    IKubernetesApi Api,
    TimeProvider Time,
    RuntimeMetrics Metrics,
    OperatorSettings Settings,
    ILogger<ControllerDependencies<TEntity>> Logger)
    where TEntity : class, IKubernetesObject<V1ObjectMeta>;
