using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class ClusterApiTests
{
    [Fact]
    public async Task Pods_of_a_revision_are_asked_for_by_their_labels_and_those_on_their_way_out_do_not_count()
    {
        using var server = new ScriptedServer(_ => """{"items":[{"metadata":{"uid":"a"}},{"metadata":{"uid":"b","deletionTimestamp":"2026-01-02T03:04:05Z"}},{"metadata":{"uid":"c"}}]}""");
        using var http = server.Client();

        var pods = await new ClusterApi(http).PodsAsync("abc", TestContext.Current.CancellationToken);

        pods.Should().BeEquivalentTo("a", "c");
        Uri.UnescapeDataString(server.Paths.Should().ContainSingle().Which)
            .Should().Be("/api/v1/namespaces/demo/pods?labelSelector=mlops-operator.io/deployment=delays,mlops-operator.io/revision=abc");
    }
}
