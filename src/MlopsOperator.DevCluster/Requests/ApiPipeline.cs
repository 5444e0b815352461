using System.Text.Json;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The API server: a request in, an answer out. Knows nothing of HTTP servers; works on its caller's thread.</summary>
internal sealed class ApiPipeline
{
    private readonly KindRegistry kinds;
    private readonly ObjectStore store;
    private readonly TimeProvider time;
    private readonly ReadHandler reads;
    private readonly WriteHandler writes;
    private readonly DeleteHandler deletes;
    private readonly DiscoveryHandler discovery;
    private readonly OpenApiHandler openApi;
    private readonly LogHandler logs;
    private readonly DefinitionRegistrar definitions;
    private ApiRequest? writing;

    public ApiPipeline(KindRegistry kinds, ObjectStore store, RandomValues random, TimeProvider time, Func<IPodLogs?> podLogs)
    {
        this.kinds = kinds;
        this.store = store;
        this.time = time;
        var writer = new ObjectWriter(store, random, time);
        reads = new ReadHandler(store, random, time);
        writes = new WriteHandler(store, writer);
        discovery = new DiscoveryHandler(kinds);
        openApi = new OpenApiHandler(kinds);
        logs = new LogHandler(store, podLogs, time);
        definitions = new DefinitionRegistrar(store, kinds);
        deletes = new DeleteHandler(store, time);
        store.Written += Tell;
    }

    /// <summary>Every request with its answer, for those who count them.</summary>
    public RequestLog Log { get; } = new();

    /// <summary>Called under the store's gate after each change of an object.</summary>
    public Action<ClusterWrite>? Written { get; set; }

    public async Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        ApiResponse response;
        try
        {
            response = await RouteAsync(request, cancellationToken);
        }
        catch (StatusException refused)
        {
            response = ApiResponse.Of(refused.Status);
        }
        catch (JsonException broken)
        {
            response = ApiResponse.Of(new ApiStatus(400, "BadRequest", $"the object provided is unrecognized (must be of type Object): {broken.Message}"));
        }

        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // A server answers every request; the next one may be fine.
            response = ApiResponse.Of(new ApiStatus(500, "InternalError", $"{request.Method} {request.Path}: {bug.GetType().Name}: {bug.Message}"));
        }

        return Answer(request, response);
    }

    /// <summary>Answers a request as if the server had.</summary>
    public ApiResponse Answer(ApiRequest request, ApiResponse response)
    {
        Log.Add(request, response, time.GetUtcNow());
        return response;
    }

    private Task<ApiResponse> RouteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Method is "HEAD")
        {
            return Task.FromResult(new ApiResponse { Status = 405 });
        }

        if (request.Method is "GET" && (discovery.Handle(request) ?? openApi.Handle(request)) is { } found)
        {
            return Task.FromResult(found);
        }

        if (ResourceTarget.Parse(request.Path, kinds) is not { } target)
        {
            return Task.FromResult(ApiResponse.Text(404, "404 page not found\n"));
        }

        Negotiation.Check(request);

        return request.Method switch
        {
            "GET" when target.Name is null => reads.ListAsync(request, target, cancellationToken),
            "GET" when target.Subresource is "log" => logs.ReadAsync(request, target, cancellationToken),
            "GET" when target.Subresource is "scale" => Task.FromResult(writes.GetScale(target)),
            "GET" => reads.GetAsync(request, target, cancellationToken),
            "POST" when target.Name is null => Task.FromResult(Locked(request, () => writes.Create(request, target))),
            "PUT" or "PATCH" or "DELETE" when target.Subresource is "log" => throw Statuses.MethodNotAllowed(),
            "PUT" when target.Name is not null => Task.FromResult(Locked(request, () => writes.Update(request, target))),
            "PATCH" when target.Name is not null => Task.FromResult(Locked(request, () => writes.Patch(request, target))),
            "DELETE" when target.Name is not null => Task.FromResult(Locked(request, () => deletes.Delete(request, target))),
            "DELETE" => Task.FromResult(Locked(request, () => deletes.DeleteCollection(request, target))),
            _ => throw Statuses.MethodNotAllowed(),
        };
    }

    private ApiResponse Locked(ApiRequest request, Func<ApiResponse> write)
    {
        lock (store.Gate)
        {
            writing = request;
            try
            {
                var response = write();
                definitions.Sweep(deletes);
                return response;
            }
            finally
            {
                writing = null;
            }
        }
    }

    /// <summary>Under the store's gate.</summary>
    private void Tell(string storage, StoreEvent change)
    {
        if (Written is not { } tell || writing is not { } request)
        {
            return;
        }

        var client = Managers.Of(request.UserAgent);
        tell(new ClusterWrite(
            change.Object.Revision,
            storage,
            change.Object.Namespace,
            change.Object.Name,
            client,
            request.Option("fieldManager") ?? client,
            request.Method,
            request.Path,
            request.Body,
            change.Previous?.Shared,
            change.Type is StoreEvent.Deleted ? null : change.Object.Shared));
    }
}
