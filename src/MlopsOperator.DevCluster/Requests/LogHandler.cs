using System.Globalization;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The log subresource of pods.</summary>
internal sealed class LogHandler(ObjectStore store, Func<IPodLogs?> logs, TimeProvider time)
{
    public async Task<ApiResponse> ReadAsync(ApiRequest request, ResourceTarget target, CancellationToken cancellationToken)
    {
        var pod = store.Get(target.Kind.Storage, target.Namespace, target.Name!) ?? throw Statuses.NotFound(target.Kind, target.Name!);
        if (request.Option("sinceSeconds") is not null && request.Option("sinceTime") is not null)
        {
            throw Statuses.Invalid("", "PodLogOptions", pod.Name, [FieldError.Forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified")]);
        }

        var wanted = new PodLogRequest(target.Namespace!, target.Name!, Container(request, pod))
        {
            Follow = request.Flag("follow"),
            Previous = request.Flag("previous"),
            Timestamps = request.Flag("timestamps"),
            TailLines = (int?)Number(request, pod, "tailLines", 0),
            LimitBytes = Number(request, pod, "limitBytes", 1),
            Since = Number(request, pod, "sinceSeconds", 1) is { } seconds ? time.GetUtcNow() - TimeSpan.FromSeconds(seconds) : Times.Parse(request.Option("sinceTime")),
        };
        var stream = logs() is { } source ? await source.OpenAsync(wanted, cancellationToken) : null;
        if (stream is null)
        {
            throw Statuses.BadRequest(wanted.Previous
                ? $"previous terminated container \"{wanted.Container}\" in pod \"{wanted.Pod}\" not found"
                : $"container \"{wanted.Container}\" in pod \"{wanted.Pod}\" is waiting to start: ContainerCreating");
        }

        return new ApiResponse { Status = 200, ContentType = "text/plain", Stream = stream };
    }

    private static string Container(ApiRequest request, StoredObject pod)
    {
        var spec = pod.Shared.Map("spec");
        var names = (spec.List("initContainers") ?? []).Concat(spec.List("containers") ?? []).Select(c => c.Text("name") ?? "").ToList();
        if (request.Option("container") is { } asked)
        {
            return names.Contains(asked, StringComparer.Ordinal) ? asked : throw Statuses.BadRequest($"container {asked} is not valid for pod {pod.Name}");
        }

        return names.Count == 1 ? names[0]
            : throw Statuses.BadRequest($"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', names)}]");
    }

    private static long? Number(ApiRequest request, StoredObject pod, string name, long least)
    {
        if (request.Option(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        throw Statuses.Invalid("", "PodLogOptions", pod.Name, [FieldError.Invalid(name, text, least == 0 ? "must be greater than or equal to 0" : "must be greater than 0")]);
    }
}
