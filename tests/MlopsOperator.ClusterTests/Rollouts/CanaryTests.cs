using System.Text.Json.Nodes;
using MlopsOperator.ClusterTests.Cluster;

namespace MlopsOperator.ClusterTests.Rollouts;

/// <summary>The demo's story on a real cluster: real pods, Services and DNS, and the rights of the manifests' service accounts.</summary>
public sealed class CanaryTests(TestCluster cluster, InstalledProduct product) : IClassFixture<InstalledProduct>
{
    private const double HistoryBlocks = 60;

    [Fact]
    public async Task A_good_candidate_is_promoted_with_its_own_pods_and_a_bad_one_is_taken_back()
    {
        var release = new Release(product);
        Expect((await release.EndAsync(1)).Rollout, "Succeeded", "delays-v1");
        await using var traffic = new TrafficPod(product.Api, cluster.Transport);
        await traffic.StartAsync(requestsPerSecond: 100);
        await release.HistoryAsync(HistoryBlocks);

        await release.AskForAsync("delays-v2");
        var (good, judged) = await release.EndAsync(2);
        Expect(good, "Succeeded", "delays-v2", "Proved");
        judged.Should().NotBeEmpty();
        (await release.PodsAsync(good)).Should().Contain(judged, "what was judged is what serves");
        await release.RouteAsync("delays-v2");

        await release.AskForAsync("delays-v3");
        var (bad, _) = await release.EndAsync(3);
        Expect(bad, "RolledBack", "delays-v3", "Failed");
        await release.RouteAsync("delays-v2");
        (await release.PodsAsync(good)).Should().Contain(judged, "the stable version's pods are not touched by a candidate that fails");

        var seen = await traffic.EndAsync();
        seen["unexpected"]!.AsArray().Select(text => (string)text!).Should().BeEmpty("clients see no error but those that the bad version answered");
        var versions = seen["versions"]!;
        ((long?)versions["delays-v2"]?["requests"]).Should().BePositive(versions.ToJsonString());
        ((long?)versions["delays-v3"]?["errors"]).Should().BePositive(versions.ToJsonString());

        foreach (var program in new[] { "mlops-operator", "mlops-gateway" })
        {
            (await product.LogAsync(program)).Should().NotContainEquivalentOf("forbidden", $"the rights in deploy/manifests are to suffice for {program}");
        }

        (await product.Api.SendAsync("DELETE", Release.Deployment)).Successful();
        await Waiting.UntilAsync("end of all that the ModelDeployment owned", TimeSpan.FromSeconds(120), release.NothingIsLeftAsync, product.TroubleAsync);
    }

    private static void Expect(JsonObject rollout, string phase, string version, string? reason = null)
    {
        var status = rollout["status"]!.ToJsonString();
        ((string?)rollout["spec"]!["to"]!["modelVersion"]).Should().Be(version);
        ((string?)rollout["status"]!["phase"]).Should().Be(phase, status);
        if (reason is not null)
        {
            ((string?)rollout["status"]!["reason"]).Should().Be(reason, status);
        }
    }
}
