namespace MlopsOperator.DevCluster.Tests.Requests;

public sealed class CustomResourceTests
{
    private const string Model = """{"apiVersion":"example.com/v1","kind":"Model","metadata":{"name":"m"},"spec":{"model":"income"}}""";

    [Fact]
    public async Task Status_is_defaulted_although_a_create_cannot_set_it()
    {
        await using var cluster = await ModelKind.StartAsync();

        var created = await cluster.CallAsync("POST", ModelKind.Path, Model.Replace("\"spec\"", "\"status\":{\"phase\":\"X\"},\"spec\"", StringComparison.Ordinal));

        created.Status.Should().Be(201);
        created.Body["status"]!.ToJsonString().Should().Be("""{"observedGeneration":-1}""");
    }

    [Fact]
    public async Task An_empty_object_counts_as_present_in_rules()
    {
        await using var cluster = await ModelKind.StartAsync();

        var both = await cluster.CallAsync("POST", ModelKind.Path, """{"metadata":{"name":"m"},"spec":{"model":"income","recreate":{},"canary":{}}}""");

        both.Status.Should().Be(422);
        ((string?)both.Body["message"]).Should().Be("Model.example.com \"m\" is invalid: spec: Invalid value: recreate and canary exclude each other");
    }

    [Fact]
    public async Task Status_and_spec_are_written_apart_and_only_the_spec_counts_generations()
    {
        await using var cluster = await ModelKind.StartAsync();
        await cluster.CallAsync("POST", ModelKind.Path, Model);

        var status = await cluster.MergeAsync(ModelKind.Path + "/m/status", """{"spec":{"replicas":9},"status":{"phase":"Ready"}}""");
        var spec = await cluster.MergeAsync(ModelKind.Path + "/m", """{"spec":{"replicas":2},"status":{"phase":"Lost"}}""");

        ((int?)status.Body["spec"]!["replicas"], (int?)status.Body["metadata"]!["generation"]).Should().Be((1, 1));
        ((string?)spec.Body["status"]!["phase"], (int?)spec.Body["metadata"]!["generation"]).Should().Be(("Ready", 2));
    }

    [Fact]
    public async Task Without_its_definition_a_kind_is_gone_and_a_new_definition_starts_empty()
    {
        await using var cluster = await ModelKind.StartAsync();
        await cluster.CallAsync("POST", ModelKind.Path, Model);

        await cluster.CallAsync("DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/models.example.com");
        var gone = await cluster.SendAsync("GET", ModelKind.Path, cancellationToken: TestContext.Current.CancellationToken);
        await cluster.ApplyAsync(ModelKind.Definition, TestContext.Current.CancellationToken);

        gone.Status.Should().Be(404);
        (await cluster.CallAsync("GET", ModelKind.Path)).Body["items"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Strategic_merge_is_refused_with_the_way_round()
    {
        await using var cluster = await ModelKind.StartAsync();
        await cluster.CallAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""");

        var refused = await cluster.CallAsync("PATCH", "/api/v1/namespaces/default/configmaps/a", "{}", "application/strategic-merge-patch+json");

        refused.Status.Should().Be(415);
        ((string?)refused.Body["message"]).Should().Contain("kubectl apply --server-side");
    }
}
