using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class EndpointSliceTests
{
    [Fact]
    public async Task A_slice_shows_each_pod_with_its_ports_and_carries_the_labels_of_its_service()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();

        var slice = (await cluster.ListAsync(ResourceId.EndpointSlices)).Should().ContainSingle().Subject;
        var service = await cluster.GetAsync(ResourceId.Services, "web");
        slice.Name().Should().StartWith("web-");
        slice.IsControlledBy(service).Should().BeTrue();
        slice.Text("addressType").Should().Be("IPv4");
        slice.Labels().Should().Equal(new Dictionary<string, string>
        {
            ["app"] = "web",
            ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
            ["kubernetes.io/service-name"] = "web",
            ["team"] = "a",
        });
        slice["ports"]!.ToJsonString().Should().Be("""[{"name":"http","protocol":"TCP","port":8080}]""");
        var pods = await cluster.ListAsync(ResourceId.Pods);
        slice.Items("endpoints").Should().HaveCount(2);
        foreach (var (endpoint, pod) in slice.Items("endpoints").Zip(pods))
        {
            endpoint.Texts("addresses").Should().Equal(pod.Child("status").Text("podIP"));
            endpoint.Child("conditions")!.ToJsonString().Should().Be("""{"ready":true,"serving":true,"terminating":false}""");
            endpoint.Child("targetRef").Text("name").Should().Be(pod.Name());
            endpoint.Child("targetRef").Text("uid").Should().Be(pod.Uid());
            endpoint.Text("nodeName").Should().Be("devcluster");
        }
    }

    [Fact]
    public async Task Without_pods_the_slice_stays_with_nothing_in_it()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"ports":[{"name":"http","containerPort":1}]}"""));
        await cluster.SettleAsync();
        var before = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        var slice = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single();
        before.Items("endpoints").Should().ContainSingle();
        slice.Name().Should().Be(before.Name());
        slice["endpoints"].Should().BeNull();
        slice["ports"].Should().BeNull();
    }

    [Fact]
    public async Task A_pod_on_its_way_out_serves_until_it_is_gone()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.StopsAfter(TimeSpan.FromSeconds(3))));
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.SettleAsync();

        var endpoint = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single().Items("endpoints").Single();
        endpoint.Child("conditions")!.ToJsonString().Should().Be("""{"ready":false,"serving":true,"terminating":true}""");
        await cluster.PassAsync(TimeSpan.FromSeconds(4));
        (await cluster.ListAsync(ResourceId.EndpointSlices)).Single()["endpoints"].Should().BeNull();
    }

    [Fact]
    public async Task A_pod_that_is_not_ready_is_listed_as_such()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.ReadyAfter(TimeSpan.FromSeconds(5))));
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.PassAsync(TimeSpan.FromSeconds(4));
        var early = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single().Items("endpoints").Single();
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        var late = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single().Items("endpoints").Single();

        early.Child("conditions")!.ToJsonString().Should().Be("""{"ready":false,"serving":false,"terminating":false}""");
        late.Child("conditions")!.ToJsonString().Should().Be("""{"ready":true,"serving":true,"terminating":false}""");

        // A test may take readiness away again at any time.
        cluster.Pods.Default(pod => pod.NeverReady());
        await cluster.SettleAsync();
        (await cluster.ListAsync(ResourceId.EndpointSlices)).Single().Items("endpoints").Single().Child("conditions").IsTrue("ready").Should().BeFalse();
    }

    [Fact]
    public async Task Pods_whose_named_port_differs_get_slices_of_their_own()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"ports":[{"name":"http","containerPort":1000}]}"""));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("b", """{"ports":[{"name":"http","containerPort":2000}]}"""));
        await cluster.SettleAsync();

        var slices = await cluster.ListAsync(ResourceId.EndpointSlices);
        slices.Select(slice => (slice.Items("ports").Single().Number("port"), slice.Items("endpoints").Single().Child("targetRef").Text("name")))
            .Should().BeEquivalentTo([(1000, "a"), (2000, "b")]);

        await cluster.DeleteAsync(ResourceId.Pods, "b");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        (await cluster.ListAsync(ResourceId.EndpointSlices)).Should().ContainSingle().Which.Items("ports").Single().Number("port").Should().Be(1000);
    }

    [Fact]
    public async Task Labels_of_pod_and_service_are_followed()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service("""[{"port":80}]"""));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.SettleAsync();
        var slice = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single();
        await cluster.PatchAsync(ResourceId.Services, "web", """{"metadata":{"labels":{"team":"b"}}}""");
        await cluster.PatchAsync(ResourceId.Pods, "a", """{"metadata":{"labels":{"app":"other"}}}""");
        await cluster.SettleAsync();

        slice["ports"]!.ToJsonString().Should().Be("""[{"name":"","protocol":"TCP","port":80}]""");
        slice.Items("endpoints").Should().ContainSingle();
        var after = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single();
        after["endpoints"].Should().BeNull();
        after.Labels()["team"].Should().Be("b");
    }

    [Fact]
    public async Task A_service_without_selector_gets_no_slice_and_one_that_is_deleted_loses_its_own()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, """{"metadata":{"name":"bare","namespace":"default"},"spec":{"ports":[{"port":80}]}}""");
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service());
        await cluster.SettleAsync();
        var before = await cluster.ListAsync(ResourceId.EndpointSlices);
        await cluster.DeleteAsync(ResourceId.Services, "web");
        await cluster.SettleAsync();

        before.Should().ContainSingle().Which.Labels()["kubernetes.io/service-name"].Should().Be("web");
        (await cluster.ListAsync(ResourceId.EndpointSlices)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_slice_that_somebody_deletes_or_edits_is_restored()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Services, Manifests.Service("""[{"port":80}]"""));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.SettleAsync();
        var name = (await cluster.ListAsync(ResourceId.EndpointSlices)).Single().Name();
        await cluster.PatchAsync(ResourceId.EndpointSlices, name, """{"endpoints":null}""");
        await cluster.SettleAsync();
        (await cluster.GetAsync(ResourceId.EndpointSlices, name)).Items("endpoints").Should().ContainSingle();

        await cluster.DeleteAsync(ResourceId.EndpointSlices, name);
        await cluster.SettleAsync();
        (await cluster.ListAsync(ResourceId.EndpointSlices)).Should().ContainSingle().Which.Items("endpoints").Should().ContainSingle();
    }
}
