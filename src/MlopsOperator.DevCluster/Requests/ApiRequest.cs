using System.Net;
using MlopsOperator.DevCluster.Faults;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A request, whatever carried it.</summary>
internal sealed class ApiRequest
{
    public ApiRequest(string method, string pathAndQuery)
    {
        Method = method;
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        Path = mark < 0 ? pathAndQuery : pathAndQuery[..mark];
        Query = ParseQuery(mark < 0 ? "" : pathAndQuery[(mark + 1)..]);
    }

    private ApiRequest(ApiRequest other)
    {
        (Method, Path, Query, Accept, ContentType, UserAgent, Body) = (other.Method, other.Path, other.Query, other.Accept, other.ContentType, other.UserAgent, other.Body);
    }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyDictionary<string, string> Query { get; }

    public string Accept { get; init; } = "application/json";

    public string ContentType { get; init; } = "application/json";

    public string UserAgent { get; init; } = "devcluster";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What is to be wrong with the watch that it opens.</summary>
    public WatchFault? WatchFault { get; init; }

    public string? Option(string name) => Query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Flag(string name) => Option(name) is { } value && (string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) || string.Equals(value, "1", StringComparison.Ordinal));

    /// <summary>The same request, for a watch with a fault.</summary>
    public ApiRequest With(WatchFault fault) => new(this) { WatchFault = fault };

    private static Dictionary<string, string> ParseQuery(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            values.TryAdd(name, equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
        }

        return values;
    }
}
