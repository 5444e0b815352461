using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;

namespace MlopsOperator.Operator.Requests;

/// <summary>Who is concerned by requests, and which requests by others.</summary>
internal static class RequestKeys
{
    /// <summary>The index key of the deployment that a request is for.</summary>
    public static IEnumerable<string> IndexOf(RolloutRequest request) => [CacheIndexes.Key(request.Metadata.NamespaceProperty, request.Spec.Deployment)];

    /// <summary>The deployment that a request is for.</summary>
    public static IEnumerable<ObjectKey> Deployment(RolloutRequest request) => [new ObjectKey(request.Metadata.NamespaceProperty, request.Spec.Deployment)];

    /// <summary>Requests that a rollout may have answered and that do not say so yet.</summary>
    public static IEnumerable<ObjectKey> OfRollout(ModelRollout rollout, RequestBook book) => Open(rollout.Metadata.NamespaceProperty, rollout.Spec.Deployment, book);

    /// <summary>Requests that wait for a deployment.</summary>
    public static IEnumerable<ObjectKey> OfDeployment(ModelDeployment deployment, RequestBook book) => Open(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name, book);

    private static IEnumerable<ObjectKey> Open(string? @namespace, string deployment, RequestBook book) =>
        book.Of(@namespace, deployment).Where(RequestBook.IsOpen).Select(request => new ObjectKey(request.Metadata.NamespaceProperty, request.Metadata.Name));
}
