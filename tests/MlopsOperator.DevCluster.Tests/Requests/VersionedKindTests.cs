using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Tests.Requests;

/// <summary>Kinds that two versions or groups show differently: one store, each client sees its own.</summary>
public sealed class VersionedKindTests
{
    private const string CoreEvents = "/api/v1/namespaces/default/events";
    private const string NewEvents = "/apis/events.k8s.io/v1/namespaces/default/events";
    private const string First = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private const string Second = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    private const string Event = """
        {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"},"regarding":{"kind":"ConfigMap","name":"a","namespace":"default"},"reason":"Why","note":"because",
        "type":"Normal","action":"Do","reportingController":"example.com/me","reportingInstance":"me-1","eventTime":"2026-01-01T00:00:00.000000Z"}
        """;

    [Fact]
    public async Task An_event_is_applied_under_the_names_of_its_group()
    {
        await using var cluster = await StartAsync();

        var created = await cluster.ApplyAsAsync("one", NewEvents + "/e", Event);
        var again = await cluster.ApplyAsAsync("one", NewEvents + "/e", Event);
        var core = await cluster.CallAsync("GET", CoreEvents + "/e");

        created.Status.Should().Be(201);
        JsonNode.DeepEquals(created.Body, again.Body).Should().BeTrue();
        ((string?)core.Body["message"], (string?)core.Body["reportingComponent"], (string?)core.Body["involvedObject"]!["name"]).Should().Be(("because", "example.com/me", "a"));
        Fields(core.Body, "one").Should().Contain(["f:note", "f:regarding"]).And.NotContain("f:message");
    }

    [Fact]
    public async Task A_field_changes_its_owner_across_groups()
    {
        await using var cluster = await StartAsync();
        await cluster.ApplyAsAsync("one", NewEvents + "/e", Event);

        var patched = await cluster.CallAsync("PATCH", CoreEvents + "/e?fieldManager=two", """{"message":"another"}""", "application/merge-patch+json");

        patched.Status.Should().Be(200);
        Fields(patched.Body, "two").Should().Equal("f:message");
        Fields(patched.Body, "one").Should().NotContain(["f:note", "f:message"]).And.Contain("f:reason");
    }

    [Fact]
    public async Task An_event_of_the_new_group_stays_as_it_was_told()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", NewEvents, Event);

        var told = await cluster.MergeAsync(NewEvents + "/e", """{"note":"another","reason":"That"}""");

        told.Status.Should().Be(422);
        told.Body["details"]!["causes"]!.AsArray().Select(cause => (string?)cause!["field"]).Should().BeEquivalentTo("reason", "note");
    }

    [Fact]
    public async Task An_autoscaler_of_the_first_version_is_one_of_the_second()
    {
        await using var cluster = await StartAsync();

        var first = await cluster.CallAsync("POST", First, """{"metadata":{"name":"h"},"spec":{"maxReplicas":5,"targetCPUUtilizationPercentage":70,"scaleTargetRef":{"kind":"Deployment","name":"d"}}}""");
        var second = await cluster.CallAsync("GET", Second + "/h");

        first.Status.Should().Be(201);
        ((string?)first.Body["apiVersion"], (int?)first.Body["spec"]!["targetCPUUtilizationPercentage"], (int?)first.Body["spec"]!["minReplicas"]).Should().Be(("autoscaling/v1", 70, 1));
        second.Body["spec"]!["metrics"]!.ToJsonString().Should().Be("""[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]""");
        Fields(second.Body["metadata"]!["managedFields"]![0]!["fieldsV1"]!["f:spec"]!).Should().Contain("f:targetCPUUtilizationPercentage").And.NotContain("f:metrics");
    }

    [Fact]
    public async Task What_the_first_version_does_not_know_survives_a_write_through_it()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Second, """
            {"metadata":{"name":"h"},"spec":{"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"d"},"behavior":{"scaleDown":{"stabilizationWindowSeconds":60}},
            "metrics":[{"type":"Pods","pods":{"metric":{"name":"q"},"target":{"type":"AverageValue","averageValue":"5"}}}]}}
            """);
        var before = await cluster.CallAsync("GET", Second + "/h");

        var written = await cluster.MergeAsync(First + "/h", """{"spec":{"maxReplicas":6}}""");
        var after = await cluster.CallAsync("GET", Second + "/h");

        written.Status.Should().Be(200);
        ((string?)written.Body["metadata"]!["annotations"]!["autoscaling.alpha.kubernetes.io/metrics"]).Should().Contain("\"name\":\"q\"");
        (after.Body["spec"]!["metrics"]!.ToJsonString(), after.Body["spec"]!["behavior"]!.ToJsonString(), (int?)after.Body["spec"]!["maxReplicas"])
            .Should().Be((before.Body["spec"]!["metrics"]!.ToJsonString(), before.Body["spec"]!["behavior"]!.ToJsonString(), 6));
        after.Body["metadata"]!["annotations"].Should().BeNull();
    }

    private static Task<EmbeddedCluster> StartAsync() => EmbeddedCluster.StartAsync(o => o.ApiOnly = true, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Fields(JsonNode body, string manager) =>
        Fields(body["metadata"]!["managedFields"]!.AsArray().Single(entry => string.Equals((string?)entry!["manager"], manager, StringComparison.Ordinal))!["fieldsV1"]!);

    private static IEnumerable<string> Fields(JsonNode fields) => fields.AsObject().Select(field => field.Key);
}
