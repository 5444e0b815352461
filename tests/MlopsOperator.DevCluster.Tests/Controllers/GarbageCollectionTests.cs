using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class GarbageCollectionTests
{
    [Fact]
    public async Task Deleting_a_deployment_takes_its_replica_sets_and_pods_along()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Deployments, "web");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        (await cluster.ListAsync(ResourceId.Deployments)).Should().BeEmpty();
        (await cluster.ListAsync(ResourceId.ReplicaSets)).Should().BeEmpty();
        (await cluster.ListAsync(ResourceId.Pods)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_owner_is_a_uid_not_a_name()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("owner"));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", Reference("owner", "11111111-1111-1111-1111-111111111111")));
        await cluster.SettleAsync();

        (await cluster.FindAsync(ResourceId.ConfigMaps, "child")).Should().BeNull();
        (await cluster.FindAsync(ResourceId.ConfigMaps, "owner")).Should().NotBeNull();
    }

    [Fact]
    public async Task Of_two_owners_only_the_dead_one_is_taken_off()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var one = await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("one"));
        var two = await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("two"));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", $"{Reference("one", one.Uid())},{Reference("two", two.Uid())}"));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.ConfigMaps, "one");
        await cluster.SettleAsync();

        var child = await cluster.GetAsync(ResourceId.ConfigMaps, "child");
        child.Child("metadata").Items("ownerReferences").Should().ContainSingle().Which.Text("name").Should().Be("two");
        await cluster.DeleteAsync(ResourceId.ConfigMaps, "two");
        await cluster.SettleAsync();
        (await cluster.FindAsync(ResourceId.ConfigMaps, "child")).Should().BeNull();
    }

    [Fact]
    public async Task What_nobody_owns_stays()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var owner = await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("owner"));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", Reference("owner", owner.Uid())));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("free"));
        await cluster.PassAsync(TimeSpan.FromMinutes(1));

        (await cluster.ListAsync(ResourceId.ConfigMaps)).Select(item => item.Name()).Should().Equal("child", "free", "owner");
    }

    [Fact]
    public async Task An_owner_whose_kind_is_unknown_is_left_alone()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", """{"apiVersion":"nowhere.example/v1","kind":"Thing","name":"x","uid":"1"}"""));
        await cluster.PassAsync(TimeSpan.FromMinutes(2));

        (await cluster.FindAsync(ResourceId.ConfigMaps, "child")).Should().NotBeNull();
    }

    [Fact]
    public async Task In_the_foreground_dependents_go_first()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.StopsAfter(TimeSpan.FromSeconds(5))));
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.Deployments, "web", """{"metadata":{"finalizers":["foregroundDeletion"]}}""");
        await cluster.DeleteAsync(ResourceId.Deployments, "web");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        (await cluster.GetAsync(ResourceId.Deployments, "web")).IsBeingDeleted().Should().BeTrue();
        (await cluster.ListAsync(ResourceId.ReplicaSets)).Should().ContainSingle().Which.IsBeingDeleted().Should().BeTrue();
        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(2).And.OnlyContain(pod => pod.IsBeingDeleted());
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        (await cluster.ListAsync(ResourceId.Pods)).Should().BeEmpty();
        (await cluster.ListAsync(ResourceId.ReplicaSets)).Should().BeEmpty();
        (await cluster.FindAsync(ResourceId.Deployments, "web")).Should().BeNull();
    }

    [Fact]
    public async Task Orphans_lose_their_owner_and_stay()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var owner = await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("owner"));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", Reference("owner", owner.Uid())));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.ConfigMaps, "owner", """{"metadata":{"finalizers":["orphan"]}}""");
        await cluster.DeleteAsync(ResourceId.ConfigMaps, "owner");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        (await cluster.FindAsync(ResourceId.ConfigMaps, "owner")).Should().BeNull();
        (await cluster.GetAsync(ResourceId.ConfigMaps, "child")).Child("metadata").Items("ownerReferences").Should().BeEmpty();
    }

    [Fact]
    public async Task A_namespace_that_is_deleted_is_emptied_and_goes()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.StopsAfter(TimeSpan.FromSeconds(3))));
        var cancelled = TestContext.Current.CancellationToken;
        await cluster.CreateAsync(ResourceId.Namespaces, """{"metadata":{"name":"team"}}""");
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment().Replace("\"default\"", "\"team\"", StringComparison.Ordinal));
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("keep"));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Namespaces, "team");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var halfway = await cluster.FindAsync(ResourceId.Namespaces, "team");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        halfway.Child("status").Text("phase").Should().Be("Terminating");
        (await cluster.FindAsync(ResourceId.Namespaces, "team")).Should().BeNull();
        (await cluster.Client.ListAsync(ResourceId.Pods, "team", null, cancelled)).Should().BeEmpty();
        (await cluster.FindAsync(ResourceId.ConfigMaps, "keep")).Should().NotBeNull();
    }

    [Fact]
    public async Task Objects_of_custom_kinds_own_and_are_collected_as_others()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var models = new ResourceId("example.com", "v1", "models", "Model");
        await cluster.CreateAsync(ClusterKinds.CustomResourceDefinitions, """
            {"metadata":{"name":"models.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"models","singular":"model","kind":"Model","listKind":"ModelList"},
            "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
            """);
        var model = await cluster.CreateAsync(models, """{"apiVersion":"example.com/v1","kind":"Model","metadata":{"name":"m","namespace":"default"}}""");
        var reference = Reference("m", model.Uid()).Replace("\"v1\"", "\"example.com/v1\"", StringComparison.Ordinal).Replace("ConfigMap", "Model", StringComparison.Ordinal);
        await cluster.CreateAsync(ResourceId.ConfigMaps, ConfigMap("child", reference));
        await cluster.SettleAsync();
        (await cluster.FindAsync(ResourceId.ConfigMaps, "child")).Should().NotBeNull();
        await cluster.DeleteAsync(models, "m");
        await cluster.SettleAsync();

        (await cluster.FindAsync(ResourceId.ConfigMaps, "child")).Should().BeNull();
    }

    private static string Reference(string name, string uid) => $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{name}}","uid":"{{uid}}"}""";

    private static string ConfigMap(string name, string owners = "") =>
        $$"""{"metadata":{"name":"{{name}}","namespace":"default","ownerReferences":[{{owners}}]},"data":{} }""";
}
