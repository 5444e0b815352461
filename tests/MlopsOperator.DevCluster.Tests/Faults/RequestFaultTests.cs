using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Faults;

public sealed class RequestFaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_hits_the_requests_it_is_for_and_no_others()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        var fault = cluster.Faults.On("patch", "configmaps", "", "a", "operator").Skip(1).Times(2).Fail(503);

        var others = new[] { await cluster.PutMapAsync("b"), await cluster.PutMapAsync("a", client: "other"), await cluster.StatusAsync("GET", FaultyCluster.Maps + "/a") };
        var own = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            own.Add(await cluster.PutMapAsync("a", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        others.Should().Equal(201, 201, 200);
        own.Should().Equal(200, 503, 503, 200);
        fault.Fired.Should().Be(2);
        fault.Happened.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task A_client_is_known_by_its_field_manager_too_and_a_resource_by_its_group()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("apply", manager: "writer").Fail(500);
        cluster.Faults.On("create", "leases.coordination.k8s.io", name: "l").Fail(500);

        (await cluster.PutMapAsync("a", client: "anybody")).Should().Be(500);
        (await cluster.CallAsync("POST", "/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"metadata":{"name":"k"}}""")).Status.Should().Be(201);
        (await cluster.CallAsync("POST", "/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"metadata":{"name":"l"}}""")).Status.Should().Be(500);
    }

    [Theory]
    [InlineData("get", "GET", "/a")]
    [InlineData("list", "GET", "")]
    [InlineData("delete", "DELETE", "/a")]
    [InlineData("deletecollection", "DELETE", "")]
    [InlineData("update", "PUT", "/a")]
    [InlineData("create", "POST", "")]
    [InlineData("write", "DELETE", "")]
    public async Task Verbs_are_those_of_the_api(string verb, string method, string rest)
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On(verb, "configmaps").Fail(507);

        (await cluster.StatusAsync(method, FaultyCluster.Maps + rest)).Should().Be(507);
    }

    [Fact]
    public async Task Any_write_of_a_client_may_be_hit_by_its_number()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("write", manager: "operator").Skip(2).Conflict();

        var answers = new[]
        {
            await cluster.PutMapAsync("a"),
            await cluster.StatusAsync("GET", FaultyCluster.Maps),
            await cluster.PutMapAsync("a", "2"),
            await cluster.PutMapAsync("a", client: "other"),
            await cluster.StatusAsync("DELETE", FaultyCluster.Maps + "/a"),
            await cluster.StatusAsync("DELETE", FaultyCluster.Maps + "/a"),
        };

        answers.Should().Equal(201, 200, 200, 200, 409, 200);
    }

    [Fact]
    public async Task Answers_are_those_of_a_server()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On(name: "conflict").Conflict();
        cluster.Faults.On(name: "gone").Gone();
        cluster.Faults.On(name: "busy").TooMany(TimeSpan.FromMilliseconds(1500));

        var conflict = await cluster.CallAsync("GET", FaultyCluster.Maps + "/conflict");
        var gone = await cluster.CallAsync("GET", FaultyCluster.Maps + "/gone");
        var busy = await cluster.SendAsync("GET", FaultyCluster.Maps + "/busy", cancellationToken: Cancelled);

        (conflict.Status, (string?)conflict.Body["reason"]).Should().Be((409, "Conflict"));
        ((string?)conflict.Body["message"]).Should().Contain("configmaps \"conflict\"").And.Contain("has been modified");
        (gone.Status, (string?)gone.Body["reason"]).Should().Be((410, "Expired"));
        (busy.Status, busy.RetryAfter).Should().Be((429, TimeSpan.FromSeconds(2)));
        cluster.Requests.Since(0).TakeLast(3).Select(r => (r.Status, r.Changed)).Should().Equal((409, false), (410, false), (429, false));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_write_done_and_a_dropped_request_does_not()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("patch", name: "a").LoseAnswer();
        cluster.Faults.On("patch", name: "b").Drop();

        await FluentActions.Awaiting(() => cluster.PutMapAsync("a")).Should().ThrowAsync<ConnectionLostException>().WithMessage("PATCH */configmaps/a of operator: LoseAnswer()");
        await FluentActions.Awaiting(() => cluster.PutMapAsync("b")).Should().ThrowAsync<ConnectionLostException>().WithMessage("*Drop()");

        (await cluster.HasMapAsync("a")).Should().BeTrue();
        (await cluster.HasMapAsync("b")).Should().BeFalse();
    }

    [Fact]
    public async Task A_delayed_request_reaches_the_server_when_the_clusters_clock_says_so()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("patch").Delay(TimeSpan.FromSeconds(3));

        var write = cluster.PutMapAsync("a");
        clock.Advance(TimeSpan.FromSeconds(2.9));
        write.IsCompleted.Should().BeFalse();
        (await cluster.HasMapAsync("a")).Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));

        (await write).Should().Be(201);
    }

    [Fact]
    public async Task The_typed_client_meets_faults_as_over_a_network()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        using var client = cluster.CreateClient("typed");
        cluster.Faults.On("create", "configmaps", name: "a", manager: "typed").LoseAnswer();
        cluster.Faults.On("create", "configmaps", name: "b", manager: "typed").Conflict();

        var lost = () => client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "default", cancellationToken: Cancelled);
        var refused = () => client.CoreV1.CreateNamespacedConfigMapAsync(Map("b"), "default", cancellationToken: Cancelled);

        (await lost.Should().ThrowAsync<HttpRequestException>()).Which.InnerException.Should().BeOfType<ConnectionLostException>();
        (await refused.Should().ThrowAsync<HttpOperationException>()).Which.Response.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await client.CoreV1.ReadNamespacedConfigMapAsync("a", "default", cancellationToken: Cancelled)).Name().Should().Be("a");
    }

    [Fact]
    public async Task Over_the_network_the_connection_breaks()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        using var client = await Connection.OpenAsync(cluster);
        cluster.Faults.On("create", "configmaps").LoseAnswer();
        cluster.Faults.On("list", "configmaps").TooMany(TimeSpan.FromSeconds(7));

        var lost = () => client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "default", cancellationToken: Cancelled);
        var busy = () => client.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: Cancelled);

        await lost.Should().ThrowAsync<HttpRequestException>();
        (await cluster.HasMapAsync("a")).Should().BeTrue();
        (await busy.Should().ThrowAsync<HttpOperationException>()).Which.Response.Headers["Retry-After"].Should().Equal("7");
    }

    [Fact]
    public async Task The_clusters_own_components_are_not_hit()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(cancellationToken: Cancelled);
        cluster.Faults.On().Always().Drop().MayNotHappen();

        await cluster.ApplyAsync("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x}]}", Cancelled);

        (await cluster.UntilAsync<V1Pod>("p", pod => pod.Status?.Phase is "Running", cancellationToken: Cancelled)).Name().Should().Be("p");
    }

    [Fact]
    public async Task Faults_that_never_happened_fail_the_test_by_name()
    {
        var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("update", "leases", manager: "operator").Skip(2).Conflict();
        cluster.Faults.On("patch").Fail(500).MayNotHappen();
        cluster.Faults.On("get").Fail(500);
        cluster.CrashAt(2, CrashPoint.Before, "operator");
        await cluster.StatusAsync("GET", FaultyCluster.Maps + "/a");
        await cluster.StatusAsync("PUT", "/apis/coordination.k8s.io/v1/namespaces/default/leases/l");

        var dispose = async () => await cluster.DisposeAsync();

        (await dispose.Should().ThrowAsync<UnfiredFaultsException>()).Which.Message.Should()
            .Contain("On(verb: \"update\", resource: \"leases\", manager: \"operator\").Skip(2).Conflict(), of whose requests 1 came")
            .And.Contain("CrashAt(write: 2, Before, \"operator\"), of whose writes 1 came")
            .And.NotContain("\"patch\"").And.NotContain("\"get\"");
        await dispose.Should().NotThrowAsync("it has been said once");
    }

    [Fact]
    public async Task A_fault_that_is_lifted_hits_no_more()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        var fault = cluster.Faults.On("patch").Always().Fail(500);

        var before = await cluster.PutMapAsync("a");
        fault.Lift();

        (before, await cluster.PutMapAsync("a")).Should().Be((500, 201));
    }

    [Fact]
    public async Task A_script_that_cannot_be_meant_is_refused()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());

        FluentActions.Invoking(() => cluster.Faults.On("post")).Should().Throw<ArgumentException>().WithMessage("\"post\" is no verb*deletecollection*");
        FluentActions.Invoking(() => cluster.Faults.On("patch").CloseAfter(1)).Should().Throw<InvalidOperationException>().WithMessage("*fault of watches*");
        FluentActions.Invoking(() => cluster.Faults.On().Fail(200)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
}
