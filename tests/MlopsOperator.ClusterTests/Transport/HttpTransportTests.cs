using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ClusterTests.Cluster;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ClusterTests.Transport;

/// <summary>The product's own HTTP against a real API server: what its runtime relies on is what the server answers.</summary>
public sealed class HttpTransportTests(TestCluster cluster)
{
    private const string Strategies = "/apis/mlops-operator.io/v1alpha1/namespaces/default/rolloutstrategies";

    private const string Deployments = "/apis/mlops-operator.io/v1alpha1/namespaces/default/modeldeployments";

    private static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(90);

    private ClusterApi Api => cluster.Api;

    [Fact]
    public async Task A_watch_tells_the_state_by_initial_events_then_every_change_in_order()
    {
        await Api.SendAsync("DELETE", $"{Strategies}/watched");
        await ApplyAsync("watched", "1m", "one");
        await using var watch = await WatchAsync($"{Strategies}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=");
        watch.Status.Should().Be(200);
        var first = await NextAsync(watch);
        (Type(first), Name(first)).Should().Be(("ADDED", "watched"));
        var bookmark = await NextAsync(watch);
        Type(bookmark).Should().Be("BOOKMARK");
        ((string?)bookmark["object"]!["metadata"]!["annotations"]?["k8s.io/initial-events-end"]).Should().Be("true");

        await ApplyAsync("watched", "2m", "one");
        (await Api.SendAsync("DELETE", $"{Strategies}/watched")).Successful();
        Type(await NextChangeAsync(watch)).Should().Be("MODIFIED");
        Type(await NextChangeAsync(watch)).Should().Be("DELETED");
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_are_one_version_of_the_world()
    {
        foreach (var name in new[] { "page-a", "page-b", "page-c" })
        {
            await ApplyAsync(name, "1m", "one");
        }

        var first = await Api.GetAsync($"{Strategies}?limit=2");
        var token = (string?)first["metadata"]!["continue"];
        token.Should().NotBeNullOrEmpty();
        var second = await Api.GetAsync($"{Strategies}?limit=2&continue={Uri.EscapeDataString(token!)}");
        ((string?)second["metadata"]!["resourceVersion"]).Should().Be((string?)first["metadata"]!["resourceVersion"]);
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => (string)item!["metadata"]!["name"]!).Should().Contain(["page-a", "page-b", "page-c"]);
        foreach (var name in new[] { "page-a", "page-b", "page-c" })
        {
            (await Api.SendAsync("DELETE", $"{Strategies}/{name}")).Successful();
        }
    }

    [Fact]
    public async Task Two_field_managers_conflict_over_a_field_and_force_takes_it()
    {
        await ApplyAsync("contested", "1m", "one");
        var refused = await SendApplyAsync("contested", "2m", "two", force: false);
        refused.Status.Should().Be(409, refused.Text);
        refused.Text.Should().Contain("\\\"one\\\"").And.Contain(".spec.bake");
        var status = StatusOf(refused);
        (status.IsConflict, status.Reason).Should().Be((true, "Conflict"));

        (await SendApplyAsync("contested", "2m", "two", force: true)).Successful();
        var taken = await Api.GetAsync($"{Strategies}/contested");
        ((string?)taken["spec"]!["bake"]).Should().Be("2m");

        // The same again: nothing is written, so no new version.
        ((string?)(await SendApplyAsync("contested", "2m", "two", force: false)).Successful()["metadata"]!["resourceVersion"])
            .Should().Be((string?)taken["metadata"]!["resourceVersion"]);
        (await Api.SendAsync("DELETE", $"{Strategies}/contested")).Successful();
    }

    [Fact]
    public async Task An_update_of_an_old_version_is_a_conflict()
    {
        var old = await ApplyAsync("updated", "1m", "one");
        await ApplyAsync("updated", "2m", "one");
        old["spec"]!["bake"] = "3m";
        old["metadata"]!.AsObject().Remove("managedFields");
        var answer = await Api.SendAsync("PUT", $"{Strategies}/updated", old);
        answer.Status.Should().Be(409, answer.Text);
        StatusOf(answer).IsConflict.Should().BeTrue();
        (await Api.SendAsync("DELETE", $"{Strategies}/updated")).Successful();
    }

    [Fact]
    public async Task A_delete_with_the_uid_of_an_earlier_object_deletes_nothing()
    {
        var earlier = await ApplyAsync("again", "1m", "one");
        (await Api.SendAsync("DELETE", $"{Strategies}/again")).Successful();
        var later = await ApplyAsync("again", "1m", "one");
        var refused = await Api.SendAsync("DELETE", $"{Strategies}/again", Preconditions(earlier));
        refused.Status.Should().Be(409, refused.Text);
        (await Api.GetAsync($"{Strategies}/again"))["metadata"]!["uid"]!.ToString().Should().Be((string?)later["metadata"]!["uid"]);

        (await Api.SendAsync("DELETE", $"{Strategies}/again", Preconditions(later))).Successful();
        (await Api.SendAsync("GET", $"{Strategies}/again")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_watch_from_a_version_that_the_server_has_forgotten_is_gone()
    {
        // The definitions are younger than version 1, so the history of their objects does not reach back to it.
        await using var watch = await WatchAsync($"{Strategies}?watch=true&resourceVersion=1");
        var line = await NextAsync(watch);
        var status = watch.Status == 200 ? line["object"]!.AsObject() : line;
        (watch.Status is 410 || Type(line) is "ERROR").Should().BeTrue(line.ToJsonString());
        ((int?)status["code"], (string?)status["reason"]).Should().BeOneOf([(410, "Expired"), (410, "Gone")], line.ToJsonString());
    }

    [Fact]
    public async Task An_emoji_in_a_message_of_a_condition_is_applied_and_read_back()
    {
        const string Message = "proved 🚀 – naïve \"quoted\" \\ and 漢字";
        (await Api.SendAsync("PATCH", $"{Deployments}/emoji?fieldManager=one", Deployment(null), ClusterApi.ApplyPatch)).Successful();
        var applied = await Api.SendAsync("PATCH", $"{Deployments}/emoji/status?fieldManager=one&force=true", Deployment(Message), ClusterApi.ApplyPatch);
        applied.Successful();
        var read = await Api.GetAsync($"{Deployments}/emoji");
        (await Api.SendAsync("DELETE", $"{Deployments}/emoji")).Successful();
        ((string?)read["status"]!["conditions"]![0]!["message"]).Should().Be(Message);
    }

    [Fact]
    public async Task The_server_refuses_an_emoji_that_is_escaped_as_JSON_allows()
    {
        // Why KubernetesSerializer writes raw UTF-8: an apply is read as YAML.
        var body = Encoding.UTF8.GetBytes(Deployment("proved 🚀").ToJsonString());
        var answer = await cluster.Transport.SendAsync(new TransportRequest("PATCH", $"{Deployments}/escaped?fieldManager=one", body, ClusterApi.ApplyPatch), TestContext.Current.CancellationToken);
        answer.Status.Should().Be(400);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_not_JSON_are_told_apart()
    {
        StatusOf(await Api.SendAsync("GET", $"{Strategies}/nobody")).IsNotFound.Should().BeTrue();
        var response = await cluster.Transport.SendAsync(new TransportRequest("POST", Strategies, "{"u8.ToArray()), TestContext.Current.CancellationToken);
        response.Status.Should().Be(400);
    }

    private static JsonObject Deployment(string? message)
    {
        var deployment = (JsonObject)JsonNode.Parse("""{"apiVersion":"mlops-operator.io/v1alpha1","kind":"ModelDeployment","metadata":{"name":"emoji","namespace":"default"}}""")!;
        if (message is null)
        {
            deployment["spec"] = new JsonObject { ["modelVersionRef"] = new JsonObject { ["name"] = "none" } };
            return deployment;
        }

        deployment["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready", ["status"] = "True", ["reason"] = "Ready", ["message"] = message, ["lastTransitionTime"] = "2026-01-01T00:00:00Z", ["observedGeneration"] = 1,
            }),
        };
        return deployment;
    }

    private static JsonObject Preconditions(JsonObject of) => new()
    {
        ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["preconditions"] = new JsonObject { ["uid"] = (string?)of["metadata"]!["uid"] },
    };

    private static string? Type(JsonObject line) => (string?)line["type"];

    private static string? Name(JsonObject line) => (string?)line["object"]!["metadata"]!["name"];

    private static ApiException StatusOf(ApiAnswer answer) => StatusAnswer.ToException(answer.Status, Encoding.UTF8.GetBytes(answer.Text), retryAfter: null, answer.Request);

    private static async Task<JsonObject> NextAsync(IWatchStream watch)
    {
        using var deadline = new CancellationTokenSource(WatchPatience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        var line = await watch.ReadLineAsync(either.Token);
        return (JsonObject)JsonNode.Parse((line ?? throw new InvalidOperationException("the watch ended")).Span)!;
    }

    private static async Task<JsonObject> NextChangeAsync(IWatchStream watch)
    {
        JsonObject line;
        do
        {
            line = await NextAsync(watch);
        }
        while (Type(line) is "BOOKMARK");
        return line;
    }

    private Task<IWatchStream> WatchAsync(string path) => cluster.Transport.WatchAsync(new TransportRequest("GET", path), TestContext.Current.CancellationToken);

    private async Task<JsonObject> ApplyAsync(string name, string bake, string manager) => (await SendApplyAsync(name, bake, manager, force: false)).Successful();

    private Task<ApiAnswer> SendApplyAsync(string name, string bake, string manager, bool force)
    {
        var manifest = (JsonObject)JsonNode.Parse(
            $$$"""
            {"apiVersion":"mlops-operator.io/v1alpha1","kind":"RolloutStrategy","metadata":{"name":"{{{name}}}","namespace":"default"},
             "spec":{"canary":{"steps":[{"weight":"10%"}]},"bake":"{{{bake}}}"}}
            """)!;
        return Api.SendAsync("PATCH", $"{Strategies}/{name}?fieldManager={manager}&force={(force ? "true" : "false")}", manifest, ClusterApi.ApplyPatch);
    }
}
