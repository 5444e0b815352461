namespace MlopsOperator.DevCluster.Requests;

/// <summary>The last requests, as far as they are kept.</summary>
internal sealed class RequestLog
{
    /// <summary>Requests that are kept.</summary>
    public const int Kept = 10_000;

    private readonly Queue<RequestRecord> records = new();
    private readonly Lock gate = new();
    private long count;

    /// <summary>Requests so far.</summary>
    public long Count
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    public void Add(ApiRequest request, ApiResponse response, DateTimeOffset at)
    {
        lock (gate)
        {
            records.Enqueue(new RequestRecord(++count, at, request.Method, request.Path, request.Option("fieldManager") ?? Managers.Of(request.UserAgent), response.Status, response.Changed));
            if (records.Count > Kept)
            {
                records.Dequeue();
            }
        }
    }

    public IReadOnlyList<RequestRecord> Since(long mark)
    {
        lock (gate)
        {
            return [.. records.Where(record => record.Number > mark)];
        }
    }
}
