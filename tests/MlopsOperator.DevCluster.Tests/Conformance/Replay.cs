using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Tests.Conformance;

/// <summary>Runs one recorded scenario against a cluster in process, on its fake clock.</summary>
internal sealed class Replay(EmbeddedCluster cluster, FakeTimeProvider clock, Scenario scenario)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, (WatchStream Watch, JsonObject? Until)> streams = new(StringComparer.Ordinal);
    private readonly Bindings bindings = new(scenario.Variables);

    /// <summary>The differences of each step in scope, by its index.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyList<string>>> RunAsync(CancellationToken cancellationToken)
    {
        var results = new Dictionary<int, IReadOnlyList<string>>();
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            if (scenario.NeedsNode)
            {
                // Pods take their own time: what is due now is done before the next step looks.
                await cluster.SettleAsync(cancellationToken);
            }

            var differences = await CheckAsync(scenario.Steps[i], scenario.Ignored(i), scenario.IsInScope(i), cancellationToken);
            if (scenario.IsInScope(i))
            {
                results[i] = differences;
            }
        }

        foreach (var (watch, _) in streams.Values)
        {
            await watch.DisposeAsync();
        }

        return results;
    }

    private async Task<IReadOnlyList<string>> CheckAsync(JsonObject step, IReadOnlyList<string> ignored, bool inScope, CancellationToken cancellationToken)
    {
        var want = step["res"] as JsonObject ?? [];
        var retry = Math.Min(step["retry"]?.GetValue<int>() ?? 0, inScope ? 60 : 5);
        for (var waited = TimeSpan.Zero; ; waited += Tick)
        {
            var saved = bindings.Save();
            var got = await OnceAsync(step, cancellationToken);
            var differences = Compare(step, want, got, ignored);
            if (differences.Count == 0 || waited.TotalSeconds >= retry)
            {
                return differences;
            }

            bindings.Restore(saved);
            await AdvanceAsync(cancellationToken);
        }
    }

    private List<string> Compare(JsonObject step, JsonObject want, JsonObject got, IReadOnlyList<string> ignored)
    {
        if (want["status"] is { } status && !JsonNode.DeepEquals(status, got["status"]))
        {
            return [$"status: want {status}, got {got["status"]} {got["body"]?.ToJsonString()}"];
        }

        var differences = new List<string>();
        var contains = string.Equals((string?)step["match"], "contains", StringComparison.Ordinal);
        var headers = got["headers"] as JsonObject ?? [];
        foreach (var (name, value) in want["headers"] as JsonObject ?? [])
        {
            differences.AddRange(headers[name] is { } header
                ? Comparison.Differences(value, header, bindings, $"header {name}", contains: false, [])
                : [$"header {name}: missing, want {value}"]);
        }

        if (want["headers"] is JsonObject wanted && headers["warning"] is { } warning && !wanted.ContainsKey("warning"))
        {
            differences.Add($"header warning: unexpected: {warning}");
        }

        foreach (var part in new[] { "body", "events", "closed" })
        {
            if (want.TryGetPropertyValue(part, out var wantedPart))
            {
                differences.AddRange(Comparison.Differences(wantedPart, got[part], bindings, string.Equals(part, "body", StringComparison.Ordinal) ? "$" : part, contains, ignored));
            }
        }

        return differences;
    }

    private async Task<JsonObject> OnceAsync(JsonObject step, CancellationToken cancellationToken)
    {
        if (step["collect"] is { } collected)
        {
            streams.Remove((string)collected!, out var open);
            return await CollectAsync(open.Watch, open.Until, step, [], cancellationToken);
        }

        if (step["wait"] is { } wait)
        {
            for (var waited = TimeSpan.Zero; waited.TotalSeconds < wait.GetValue<double>(); waited += Tick)
            {
                await AdvanceAsync(cancellationToken);
            }

            return [];
        }

        var response = await ExchangeAsync((JsonObject)bindings.Fill(step["req"])!, cancellationToken);
        var got = Headers(response);
        if (step["open"] is { } name)
        {
            streams[(string)name!] = (response.Watch!, step["stream"] as JsonObject);
            return got;
        }

        if (step["stream"] is JsonObject stream && response.Watch is { } watch)
        {
            return await CollectAsync(watch, stream, step, got, cancellationToken);
        }

        if (response.Watch is not null)
        {
            await response.Watch.DisposeAsync();
        }

        got["body"] = Body(response);
        return got;
    }

    private async Task<ApiResponse> ExchangeAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var headers = request["headers"] as JsonObject ?? [];
        var body = request["body"];
        var sent = new ApiRequest((string)request["method"]!, EscapeSpaces((string)request["path"]!))
        {
            Accept = (string?)headers["Accept"] ?? "application/json",
            ContentType = (string?)headers["Content-Type"] ?? "application/json",
            UserAgent = (string?)headers["User-Agent"] ?? "replay/1",
            Body = body is null ? default : body.GetValueKind() == JsonValueKind.String ? Encoding.UTF8.GetBytes((string)body!) : Encoding.UTF8.GetBytes(body.ToJsonString()),
        };
        var answer = cluster.Pipeline.HandleAsync(sent, cancellationToken);
        await UntilAsync(answer, cancellationToken);
        return await answer;
    }

    private async Task UntilAsync(Task task, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 200 && !task.IsCompleted; i++)
        {
            await AdvanceAsync(cancellationToken);
        }
    }

    private async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        clock.Advance(Tick);
        await cluster.SettleAsync(cancellationToken);
    }

    private async Task<JsonObject> CollectAsync(WatchStream watch, JsonObject? until, JsonObject step, JsonObject got, CancellationToken cancellationToken)
    {
        var most = until?["events"]?.GetValue<int>() ?? int.MaxValue;
        var seconds = until?["seconds"]?.GetValue<double>() ?? 5;
        var events = new JsonArray();
        var closed = false;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (events.Count < most && !closed)
        {
            var read = watch.ReadLineAsync(giveUp.Token).AsTask();
            for (; !read.IsCompleted && seconds > 0; seconds -= Tick.TotalSeconds)
            {
                clock.Advance(Tick);
                for (var i = 0; i < 20 && !read.IsCompleted; i++)
                {
                    await Task.Yield();
                }
            }

            if (!read.IsCompleted)
            {
                await giveUp.CancelAsync();
                break;
            }

            var line = await read;
            closed = line is null;
            if (line is { } json)
            {
                events.Add(JsonNode.Parse(json.Span));
            }
        }

        await watch.DisposeAsync();
        got["events"] = events;
        if (step["res"]?["closed"] is not null)
        {
            got["closed"] = closed;
        }

        return got;
    }

    private static JsonObject Headers(ApiResponse response)
    {
        var headers = new JsonObject { ["content-type"] = response.ContentType };
        if (response.Warnings.Count > 0)
        {
            var warnings = response.Warnings.Select(ApiResponse.WarningHeader).ToList();
            headers["warning"] = warnings.Count == 1 ? warnings[0] : new JsonArray([.. warnings.Select(w => JsonValue.Create(w))]);
        }

        if (response.RetryAfterSeconds is { } seconds)
        {
            headers["retry-after"] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in response.Headers)
        {
            headers[name] = value;
        }

        return new JsonObject { ["status"] = response.Status, ["headers"] = headers };
    }

    private static JsonNode? Body(ApiResponse response)
    {
        var text = Encoding.UTF8.GetString(response.Body.Span);
        if (response.ContentType.Contains("json", StringComparison.Ordinal) || text.StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }

        return text;
    }

    private static string EscapeSpaces(string path) => path.Replace("+", WebUtility.UrlEncode("+"), StringComparison.Ordinal);
}
