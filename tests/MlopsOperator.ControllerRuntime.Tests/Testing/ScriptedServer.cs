using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>A small API server in memory, whose answers, events and faults a test can script.</summary>
internal sealed class ScriptedServer : IKubernetesTransport
{
    private readonly Dictionary<string, ScriptedCollection> _collections = new(StringComparer.Ordinal);
    private readonly List<ScriptedWatch> _watches = [];
    private long _version = 100;
    private int _uid;

    public List<TransportRequest> Requests { get; } = [];

    /// <summary>Answers instead of the server, when it gives something. Called before the request acts.</summary>
    public Func<TransportRequest, TransportResponse?>? Before { get; set; }

    /// <summary>Answers instead of the server, when it gives something. Called after the request has acted.</summary>
    public Func<TransportRequest, TransportResponse?>? After { get; set; }

    public Func<TransportRequest, ScriptedWatch?>? BeforeWatch { get; set; }

    /// <summary>The only thread that may call, when set.</summary>
    public int? Thread { get; set; }

    /// <summary>Calls from other threads: loops that have left the caller's context.</summary>
    public int Strays { get; private set; }

    public HashSet<string> MissingKinds { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Writes => Requests.Where(request => request.Method is not "GET").Select(request => $"{request.Method} {request.PathAndQuery.Split('?')[0]}");

    public IEnumerable<string> Lists(string plural) =>
        Requests.Select(request => request.PathAndQuery).Where(path => path.Split('?')[0].EndsWith('/' + plural, StringComparison.Ordinal) && !path.Contains("watch=true", StringComparison.Ordinal));

    public IReadOnlyList<ScriptedWatch> Watches(string plural) =>
        [.. _watches.Where(watch => watch.Request.PathAndQuery.Split('?')[0].EndsWith('/' + plural, StringComparison.Ordinal))];

    public ScriptedWatch OpenWatch(string plural) => Watches(plural).Single(watch => watch.IsOpen);

    public ScriptedCollection Collection(string plural)
    {
        if (!_collections.TryGetValue(plural, out var collection))
        {
            _collections[plural] = collection = new ScriptedCollection();
        }

        return collection;
    }

    /// <summary>Creates or replaces an object as some other client would.</summary>
    public JsonObject Put<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.For<T>();
        var json = KubernetesSerializer.ToJsonObject(entity);
        json["apiVersion"] = type.ApiVersion;
        json["kind"] = type.Kind;
        return PutJson(type.Plural, json);
    }

    public JsonObject PutJson(string plural, JsonObject json)
    {
        var collection = Collection(plural);
        var key = KeyOf(json);
        collection.Objects.TryGetValue(key, out var before);
        var metadata = json["metadata"]!.AsObject();
        metadata["uid"] = (string?)before?["metadata"]?["uid"] ?? $"uid-{Text(++_uid)}";
        var sameSpec = before is not null && JsonNode.DeepEquals(before["spec"], json["spec"]) && JsonNode.DeepEquals(before["data"], json["data"]);
        var generation = (long?)before?["metadata"]?["generation"] ?? 0;
        metadata["generation"] = sameSpec ? generation : generation + 1;
        metadata.Remove("resourceVersion");
        if (before is not null)
        {
            var compared = before.DeepClone().AsObject();
            compared["metadata"]!.AsObject().Remove("resourceVersion");
            if (JsonNode.DeepEquals(compared, json))
            {
                metadata["resourceVersion"] = (string?)before["metadata"]!["resourceVersion"];
                return json;
            }
        }

        metadata["resourceVersion"] = Text(++_version);
        collection.Objects[key] = json;
        Tell(plural, before is null ? "ADDED" : "MODIFIED", json);
        return json;
    }

    public void Delete(string plural, string name, string? @namespace = "default")
    {
        var collection = Collection(plural);
        collection.Objects.Remove(new ObjectKey(@namespace, name), out var gone);
        gone!["metadata"]!["resourceVersion"] = Text(++_version);
        Tell(plural, "DELETED", gone);
    }

    /// <summary>Lets everything go on unseen: watches get nothing, later ones must list.</summary>
    public void Compact(string plural) => Collection(plural).Floor = _version;

    public void Bookmark(string plural)
    {
        foreach (var watch in Watches(plural).Where(watch => watch.IsOpen))
        {
            watch.Send($$"""{"type":"BOOKMARK","object":{"kind":"X","apiVersion":"v1","metadata":{"resourceVersion":"{{Text(++_version)}}","creationTimestamp":null} } }""");
        }
    }

    public string Version => Text(_version);

    /// <summary>Gives the watches what they missed.</summary>
    public void CatchUp(string plural)
    {
        var collection = Collection(plural);
        collection.Lags = false;
        foreach (var watch in Watches(plural).Where(watch => watch.IsOpen))
        {
            foreach (var missed in _held.Where(held => held.Plural.Is(plural)))
            {
                watch.Send(missed.Line);
            }
        }

        _held.RemoveAll(held => held.Plural.Is(plural));
    }

    private readonly List<(string Plural, string Line)> _held = [];

    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        CountStrays();
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        if (Before?.Invoke(request) is { } scripted)
        {
            return scripted;
        }

        var answer = Answer(request);
        return After?.Invoke(request) ?? answer;
    }

    public async Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        CountStrays();
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        var place = RequestPath.Parse(request.PathAndQuery);
        var watch = BeforeWatch?.Invoke(request) ?? (MissingKinds.Contains(place.Plural) ? ScriptedWatch.Refused(request, Status(404, "NotFound")) : Open(request, place));
        _watches.Add(watch);
        return watch;
    }

    public static TransportResponse Status(int code, string reason, TimeSpan? retryAfter = null) => new(
        code,
        Encoding.UTF8.GetBytes($$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"scripted {{reason}}","reason":"{{reason}}","code":{{Text(code)}}}"""),
        retryAfter);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ObjectKey KeyOf(JsonObject json) => new((string?)json["metadata"]!["namespace"], (string)json["metadata"]!["name"]!);

    private static TransportResponse Ok(JsonNode body, int code = 200) => new(code, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private ScriptedWatch Open(TransportRequest request, RequestPath place)
    {
        var watch = new ScriptedWatch(request);
        var from = long.Parse(place.Query["resourceVersion"], CultureInfo.InvariantCulture);
        var collection = Collection(place.Plural);
        if (from < collection.Floor)
        {
            watch.Send($$"""{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: {{Text(from)}} ({{Text(_version)}})","reason":"Expired","code":410} }""");
            watch.End();
            return watch;
        }

        foreach (var missed in collection.History.Where(change => change.Version > from))
        {
            watch.Send(missed.Line);
        }

        return watch;
    }

    private void CountStrays()
    {
        if (Thread is { } thread && thread != Environment.CurrentManagedThreadId)
        {
            Strays++;
        }
    }

    private TransportResponse Answer(TransportRequest request)
    {
        var place = RequestPath.Parse(request.PathAndQuery);
        if (MissingKinds.Contains(place.Plural))
        {
            return Status(404, "NotFound");
        }

        var collection = Collection(place.Plural);
        if (place.Name is null)
        {
            return request.Method is "GET" ? List(place, collection) : Create(request, place, collection);
        }

        var key = new ObjectKey(place.Namespace, place.Name);
        collection.Objects.TryGetValue(key, out var known);
        return (request.Method, known) switch
        {
            ("GET", null) or ("PUT", null) or ("DELETE", null) => Status(404, "NotFound"),
            ("GET", { }) => Ok(known),
            ("DELETE", { }) => Remove(request, place, known),
            ("PUT", { }) => Replace(request, place, known),
            _ => Patch(request, place, known),
        };
    }

    private TransportResponse List(RequestPath place, ScriptedCollection collection)
    {
        var matching = collection.Objects.Where(entry => place.Namespace is null || entry.Key.Namespace.Is(place.Namespace)).Select(entry => entry.Value).ToList();
        var skip = place.Query.TryGetValue("continue", out var token) ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var limit = place.Query.TryGetValue("limit", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue;
        var page = matching.Skip(skip).Take(limit).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = Version };
        if (skip + page.Count < matching.Count)
        {
            metadata["continue"] = Text(skip + page.Count);
        }

        return Ok(new JsonObject { ["kind"] = "List", ["metadata"] = metadata, ["items"] = new JsonArray([.. page.Select(item => item.DeepClone())]) });
    }

    private TransportResponse Create(TransportRequest request, RequestPath place, ScriptedCollection collection)
    {
        var json = Body(request);
        return collection.Objects.ContainsKey(KeyOf(json)) ? Status(409, "AlreadyExists") : Ok(PutJson(place.Plural, json), 201);
    }

    private TransportResponse Remove(TransportRequest request, RequestPath place, JsonObject known)
    {
        var uid = (string?)Body(request)["preconditions"]?["uid"];
        if (uid is not null && !uid.Is((string?)known["metadata"]!["uid"]))
        {
            return Status(409, "Conflict");
        }

        Delete(place.Plural, place.Name!, place.Namespace);
        return Status(200, "Success");
    }

    private TransportResponse Replace(TransportRequest request, RequestPath place, JsonObject known)
    {
        var json = Body(request);
        if (!((string?)json["metadata"]!["resourceVersion"]).Is((string?)known["metadata"]!["resourceVersion"]))
        {
            return Status(409, "Conflict");
        }

        var changed = known.DeepClone().AsObject();
        var part = request.PathAndQuery.Split('?')[0].EndsWith("/status", StringComparison.Ordinal) ? "status" : "spec";
        changed[part] = json[part]?.DeepClone();
        return Ok(PutJson(place.Plural, changed));
    }

    private TransportResponse Patch(TransportRequest request, RequestPath place, JsonObject? known)
    {
        if (known is not null && request.ContentType is "application/json-patch+json")
        {
            return JsonPatch(request, place, known);
        }

        var json = Body(request);
        if (known is null && request.ContentType is not "application/apply-patch+yaml")
        {
            return Status(404, "NotFound");
        }

        var changed = known?.DeepClone().AsObject() ?? new JsonObject();
        Merge(changed, json);
        return Ok(PutJson(place.Plural, changed), known is null ? 201 : 200);
    }

    /// <summary>As far as the runtime patches: properties of objects and items of their lists.</summary>
    private TransportResponse JsonPatch(TransportRequest request, RequestPath place, JsonObject known)
    {
        var changed = known.DeepClone().AsObject();
        foreach (var operation in JsonNode.Parse(request.Body.Span)!.AsArray())
        {
            var path = ((string)operation!["path"]!).Split('/')[1..];
            JsonNode parent = changed;
            foreach (var part in path[..^1])
            {
                parent = parent[part]!;
            }

            var last = path[^1];
            switch ((string)operation["op"]!, parent)
            {
                case ("test", JsonArray list):
                    var at = int.Parse(last, CultureInfo.InvariantCulture);
                    if (at >= list.Count || !JsonNode.DeepEquals(list[at], operation["value"]))
                    {
                        return Status(422, "Invalid");
                    }

                    break;
                case ("test", _):
                    if (!JsonNode.DeepEquals(parent[last], operation["value"]))
                    {
                        return Status(422, "Invalid");
                    }

                    break;
                case ("add", JsonArray list):
                    list.Add(operation["value"]!.DeepClone());
                    break;
                case ("add", _):
                    parent[last] = operation["value"]!.DeepClone();
                    break;
                case ("remove", JsonArray list):
                    list.RemoveAt(int.Parse(last, CultureInfo.InvariantCulture));
                    break;
                default:
                    return Status(400, "BadRequest");
            }
        }

        if (changed["metadata"]!["deletionTimestamp"] is not null && changed["metadata"]!["finalizers"] is JsonArray { Count: 0 })
        {
            Delete(place.Plural, place.Name!, place.Namespace);
            return Ok(changed);
        }

        return Ok(PutJson(place.Plural, changed));
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static JsonObject Body(TransportRequest request) => JsonNode.Parse(request.Body.Span)!.AsObject();

    private void Tell(string plural, string type, JsonObject json)
    {
        var line = new JsonObject { ["type"] = type, ["object"] = json.DeepClone() }.ToJsonString();
        var collection = Collection(plural);
        collection.History.Add((_version, type, line));
        if (collection.Lags)
        {
            _held.Add((plural, line));
            return;
        }

        foreach (var watch in Watches(plural).Where(watch => watch.IsOpen))
        {
            watch.Send(line);
        }
    }
}
