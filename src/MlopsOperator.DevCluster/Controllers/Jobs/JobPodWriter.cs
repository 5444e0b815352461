using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers.Jobs;

/// <summary>Creates a Job's pods, removes them, and lets go of them.</summary>
internal sealed class JobPodWriter(IClusterClient client, EventWriter events)
{
    /// <summary>Pods that one look creates at most; the rest follows with the events of the first.</summary>
    private const int MaxBurst = 500;

    /// <summary>How many pods were told to go.</summary>
    public async Task<int> RemoveAsync(JsonObject job, IReadOnlyList<JsonObject> active, int count, CancellationToken cancellationToken)
    {
        var surplus = DeletionOrder.Sort(active).Take(count).ToList();
        foreach (var pod in surplus)
        {
            try
            {
                await client.DeleteAsync(ResourceId.Pods, pod.Namespace(), pod.Name(), pod.Uid(), null, null, cancellationToken);
                await events.WriteAsync(ResourceId.Jobs, job, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name()}", null, cancellationToken);
            }
            catch (ClusterApiException exception) when (exception.Code == 404)
            {
                // Somebody else was faster.
            }
        }

        return surplus.Count;
    }

    /// <summary>How many pods were created, and the error that kept it from creating the next one.</summary>
    public async Task<(int Created, ClusterApiException? Failure)> CreateAsync(JsonObject job, int count, CancellationToken cancellationToken)
    {
        for (var created = 0; created < Math.Min(count, MaxBurst); created++)
        {
            try
            {
                var pod = await client.CreateAsync(ResourceId.Pods, NewPod(job), cancellationToken);
                await events.WriteAsync(ResourceId.Jobs, job, "Normal", "SuccessfulCreate", $"Created pod: {pod.Name()}", null, cancellationToken);
            }
            catch (ClusterApiException exception)
            {
                await events.WriteAsync(ResourceId.Jobs, job, "Warning", "FailedCreate", $"Error creating: {exception.Message}", null, cancellationToken);
                return (created, exception);
            }
        }

        return (Math.Clamp(count, 0, MaxBurst), null);
    }

    /// <summary>Lets go of pods whose end is counted, or that nobody counts.</summary>
    public async Task ReleaseAsync(IEnumerable<JsonObject> pods, CancellationToken cancellationToken)
    {
        foreach (var pod in pods.Where(JobPods.IsTracked))
        {
            var kept = pod.Child("metadata").Texts("finalizers").Where(finalizer => finalizer is not JobPods.Finalizer).Select(finalizer => JsonValue.Create(finalizer));
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["resourceVersion"] = pod.Child("metadata").Text("resourceVersion"),
                    ["finalizers"] = new JsonArray([.. kept]),
                },
            };
            try
            {
                await client.MergePatchAsync(ResourceId.Pods, pod.Namespace(), pod.Name(), patch, cancellationToken);
            }
            catch (ClusterApiException exception) when (exception.Code == 404)
            {
                // Gone meanwhile.
            }
        }
    }

    private static JsonObject NewPod(JsonObject job)
    {
        var template = job.Child("spec").Child("template");
        var metadata = new JsonObject
        {
            ["generateName"] = $"{job.Name()}-",
            ["namespace"] = job.Namespace(),
            ["labels"] = template.Child("metadata").Map("labels").ToJson(),
            ["finalizers"] = new JsonArray(JobPods.Finalizer),
            ["ownerReferences"] = new JsonArray(ResourceId.Jobs.ControllerReference(job)),
        };
        if (template.Child("metadata").Child("annotations") is { } annotations)
        {
            metadata["annotations"] = annotations.DeepClone();
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template.Child("spec")?.DeepClone(),
        };
    }
}
