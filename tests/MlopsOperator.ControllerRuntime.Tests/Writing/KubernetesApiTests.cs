using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Tests.Writing;

public sealed class KubernetesApiTests
{
    private readonly ScriptedServer _server = new();
    private readonly KubernetesApi _api;

    public KubernetesApiTests() => _api = new KubernetesApi(_server, new OwnWrites(new FakeTimeProvider()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Proof 19.</summary>
    [Fact]
    public async Task An_apply_is_a_forced_patch_of_exactly_the_content_and_carries_emoji_raw()
    {
        var widget = Widget.Named("a", 1);
        widget.Status = new WidgetStatus { Message = "done 😀" };

        var applied = await _api.ApplyAsync<Widget>(KubernetesSerializer.ToJsonObject(widget), "mlops operator", dryRun: false, Token);

        var request = _server.Requests.Single();
        (request.Method, request.PathAndQuery, request.ContentType).Should().Be(
            ("PATCH", "/apis/test.dev/v1/namespaces/default/widgets/a?fieldManager=mlops%20operator&force=true", "application/apply-patch+yaml"));
        var body = Encoding.UTF8.GetString(request.Body.Span);
        body.Should().Contain("done 😀").And.NotContain("\\u");
        JsonNode.Parse(body)!["spec"]!.ToJsonString().Should().Be("""{"count":1}""");
        applied.Metadata.Uid.Should().NotBeNull();
    }

    [Fact]
    public async Task A_dry_run_is_strict()
    {
        await _api.ApplyAsync<Widget>(KubernetesSerializer.ToJsonObject(Widget.Named("a")), "m", dryRun: true, Token);

        _server.Requests.Single().PathAndQuery.Should().EndWith("&force=true&dryRun=All&fieldValidation=Strict");
    }

    [Fact]
    public async Task Content_without_a_name_is_refused_before_anything_is_sent()
    {
        var apply = () => _api.ApplyAsync<Widget>(new JsonObject { ["metadata"] = new JsonObject() }, "m", dryRun: false, Token);

        await apply.Should().ThrowAsync<ArgumentException>().WithMessage("*metadata.name*");
        _server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_what_is_comes_typed()
    {
        (await _api.GetAsync<Widget>("default", "nope", Token)).Should().BeNull();
        _server.Put(Widget.Named("a", 4));

        (await _api.GetAsync<Widget>("default", "a", Token))!.Spec.Count.Should().Be(4);
    }

    [Fact]
    public async Task Metadata_is_read_of_what_does_not_fit_its_type_too()
    {
        _server.PutJson("widgets", JsonNode.Parse("""{"metadata":{"name":"w","namespace":"default"},"spec":{"count":"many"}}""")!.AsObject());

        (await _api.GetMetadataAsync<Widget>("default", "w", Token))!.Uid.Should().Be("uid-1");
        (await _api.GetMetadataAsync<Widget>("default", "other", Token)).Should().BeNull();
    }

    [Fact]
    public async Task Lists_are_paged_sorted_and_selected()
    {
        for (var i = 0; i < 501; i++)
        {
            _server.Put(Widget.Numbered(i));
        }

        var list = await _api.ListAsync<Widget>("default", "a=b", Token);

        list.Should().HaveCount(501);
        _server.Requests.Select(request => request.PathAndQuery).Should().Equal(
            "/apis/test.dev/v1/namespaces/default/widgets?limit=500&labelSelector=a%3Db",
            "/apis/test.dev/v1/namespaces/default/widgets?limit=500&continue=500&labelSelector=a%3Db");
    }

    [Fact]
    public async Task Creates_go_to_the_collection_and_a_taken_name_is_a_conflict()
    {
        await _api.CreateAsync(Widget.Named("a"), "m", Token);

        var again = () => _api.CreateAsync(Widget.Named("a"), "m", Token);

        var error = (await again.Should().ThrowAsync<ApiException>()).Which;
        (error.Code, error.Reason, error.IsConflict).Should().Be((409, "AlreadyExists", true));
        error.Message.Should().Be("create Widget default/a: scripted AlreadyExists");
        _server.Requests[0].PathAndQuery.Should().Be("/apis/test.dev/v1/namespaces/default/widgets?fieldManager=m");
    }

    [Fact]
    public async Task A_delete_names_the_uid_and_what_is_gone_already_is_a_success()
    {
        _server.Put(Widget.Named("a"));
        var widget = (await _api.GetAsync<Widget>("default", "a", Token))!;

        await _api.DeleteAsync(widget, Token);
        await _api.DeleteAsync(widget, Token);

        _server.Collection("widgets").Objects.Should().BeEmpty();
        JsonNode.Parse(_server.Requests[1].Body.Span)!.ToJsonString().Should().Be(
            """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background","preconditions":{"uid":"uid-1"}}""");
    }

    [Fact]
    public async Task A_delete_of_an_object_that_was_created_again_is_a_conflict()
    {
        _server.Put(Widget.Named("a"));
        var widget = (await _api.GetAsync<Widget>("default", "a", Token))!;
        _server.Delete("widgets", "a");
        _server.Put(Widget.Named("a"));

        var delete = () => _api.DeleteAsync(widget, Token);

        (await delete.Should().ThrowAsync<ApiException>()).Which.IsConflict.Should().BeTrue();
        _server.Collection("widgets").Objects.Should().HaveCount(1);
    }

    [Fact]
    public async Task Patches_have_their_own_media_types()
    {
        _server.Put(Widget.Named("a"));

        await _api.MergePatchAsync<Widget>("default", "a", new JsonObject { ["spec"] = new JsonObject { ["count"] = 3, ["target"] = null } }, "m", Token);
        _server.Before = request => request.ContentType is "application/json-patch+json" ? ScriptedServer.Status(422, "Invalid") : null;
        var patch = () => _api.JsonPatchAsync<Widget>("default", "a", [new JsonObject { ["op"] = "test", ["path"] = "/spec/count", ["value"] = 1 }], "m", Token);

        (await patch.Should().ThrowAsync<ApiException>()).Which.Code.Should().Be(422);
        Encoding.UTF8.GetString(_server.Requests[0].Body.Span).Should().Be("""{"spec":{"count":3,"target":null}}""");
        (_server.Requests[0].Method, _server.Requests[0].ContentType).Should().Be(("PATCH", "application/merge-patch+json"));
    }

    [Theory]
    [InlineData("<html>Bad Gateway, password: hunter2</html>")]
    [InlineData("")]
    [InlineData("[1,2]")]
    [InlineData("{\"message\":5,\"code\":\"x\"}")]
    public async Task An_answer_that_is_no_Status_is_an_error_that_does_not_repeat_it(string body)
    {
        _server.Before = _ => new TransportResponse(502, Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(7));

        var get = () => _api.GetAsync<Widget>("default", "a", Token);

        var error = (await get.Should().ThrowAsync<ApiException>()).Which;
        (error.Code, error.Reason, error.RetryAfter).Should().Be((502, "InternalError", TimeSpan.FromSeconds(7)));
        error.Message.Should().Be("get Widget default/a: the API server answered 502 without a Status");
    }

    [Fact]
    public async Task The_Status_may_say_when_to_come_back_and_a_long_message_is_cut()
    {
        var status = new JsonObject { ["message"] = new string('m', 5000), ["reason"] = "TooManyRequests", ["code"] = 429, ["details"] = new JsonObject { ["retryAfterSeconds"] = 9 } };
        _server.Before = _ => new TransportResponse(429, Encoding.UTF8.GetBytes(status.ToJsonString()));

        var get = () => _api.GetAsync<Widget>("default", "a", Token);

        var error = (await get.Should().ThrowAsync<ApiException>()).Which;
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(9));
        error.Message.Length.Should().BeLessThan(2200);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_the_type_names_the_place_and_not_the_value()
    {
        _server.Before = _ => new TransportResponse(200, Encoding.UTF8.GetBytes("""{"metadata":{"name":"a"},"spec":{"count":"hunter2"}}"""));

        var get = () => _api.GetAsync<Widget>("default", "a", Token);

        (await get.Should().ThrowAsync<ApiException>()).WithMessage("*does not fit Widget at $.spec.count").And.Message.Should().NotContain("hunter2");
    }

    [Fact]
    public void A_kind_without_attribute_is_refused_with_what_to_do()
    {
        var read = () => ResourceType.For<WidgetSpec>();

        read.Should().Throw<ArgumentException>().WithMessage("*has no [KubernetesEntity]*");
    }

    [Fact]
    public void Paths_follow_group_and_scope()
    {
        ResourceType.For<V1Pod>().ObjectPath("n", "p", "status").Should().Be("/api/v1/namespaces/n/pods/p/status");
        ResourceType.For<V1Deployment>().CollectionPath(null).Should().Be("/apis/apps/v1/deployments");
        ResourceType.For<V1Node>().ObjectPath(null, "x/../y").Should().Be("/api/v1/nodes/x%2F..%2Fy");
        ResourceType.For<Widget>().ApiVersion.Should().Be("test.dev/v1");
        ResourceType.For<V1Pod>().ApiVersion.Should().Be("v1");
    }
}
