using System.Globalization;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>GET of an object, a list, or a watch.</summary>
internal sealed class ReadHandler(ObjectStore store, RandomValues random, TimeProvider time)
{
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan WaitForRevision = TimeSpan.FromSeconds(3);

    public async Task<ApiResponse> GetAsync(ApiRequest request, ResourceTarget target, CancellationToken cancellationToken)
    {
        if (Revision(request.Option("resourceVersion")) is > 0 and var asked)
        {
            await ReachAsync(asked, cancellationToken);
        }

        var stored = store.Get(target.Kind.Storage, target.Namespace, target.Name!) ?? throw Statuses.NotFound(target.Kind, target.Name!);
        var tables = TableRequest.Of(request);
        var shown = Views.Of(target.Kind, stored.Copy());
        return tables is null ? ApiResponse.Json(200, shown) : tables.Answer(target.Kind, [shown], stored.Revision, time, 200);
    }

    public Task<ApiResponse> ListAsync(ApiRequest request, ResourceTarget target, CancellationToken cancellationToken)
    {
        var options = ListOptions.Parse(request, target.Kind);
        return options.Watch ? Task.FromResult(Watch(request, target, options)) : PlainListAsync(request, target, options, cancellationToken);
    }

    private async Task<ApiResponse> PlainListAsync(ApiRequest request, ResourceTarget target, ListOptions options, CancellationToken cancellationToken)
    {
        if (options.Continue is null && options.Revision > 0)
        {
            await ReachAsync(options.Revision.Value, cancellationToken);
        }

        var page = ListPage.Read(store, target, options);
        var tables = TableRequest.Of(request);
        var items = page.Items.Select(stored => Views.Of(target.Kind, stored.Copy())).ToList();
        if (tables is not null)
        {
            return tables.Answer(target.Kind, items, page.Revision, time, 200, page.Continue, page.Remaining);
        }

        return ApiResponse.Json(200, page.ToJson(target.Kind, items));
    }

    private ApiResponse Watch(ApiRequest request, ResourceTarget target, ListOptions options)
    {
        var tables = TableRequest.Of(request);
        var first = true;
        var plan = new WatchPlan(target.Kind, target.Namespace, options.Labels, options.Fields)
        {
            Since = options.Revision is > 0 && options.SendInitialEvents != true ? options.Revision : null,
            Bookmarks = options.Bookmarks && request.WatchFault?.WithoutBookmarks != true,
            Fault = request.WatchFault,
            MarksInitialEnd = options.SendInitialEvents == true && options.Bookmarks,
            SkipsInitial = options.SendInitialEvents == false,
            Timeout = options.Timeout ?? random.Between(ShortestWatch, ShortestWatch * 2),
            Render = content =>
            {
                var shown = Views.Of(target.Kind, content);
                if (tables is null)
                {
                    return shown;
                }

                var table = tables.Table(target.Kind, [shown], time, withColumns: first);
                first = false;
                return table;
            },
        };
        return new ApiResponse { Status = 200, Watch = new WatchStream(store, plan, time) };
    }

    /// <summary>Waits a little for a revision that is not there yet.</summary>
    private async Task ReachAsync(long asked, CancellationToken cancellationToken)
    {
        if (asked <= store.Revision)
        {
            return;
        }

        await Task.Delay(WaitForRevision, time, cancellationToken);
        var current = store.Revision;
        if (asked > current)
        {
            throw new StatusException(new ApiStatus(504, "Timeout", string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {asked}, current: {current}"))
            {
                Causes = [new StatusCause("ResourceVersionTooLarge", "Too large resource version", null)],
                RetryAfterSeconds = 1,
            });
        }
    }

    private static long Revision(string? text) => text is null ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision
        : throw Statuses.BadRequest($"invalid resource version {FieldError.Quote(text)}: strconv.ParseUint: parsing {FieldError.Quote(text)}: invalid syntax");
}
