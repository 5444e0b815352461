using System.Net;
using System.Text.Json;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Mirroring;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Mirroring;

public sealed class PairSampleTests
{
    private const string Path = "/telemetry/v1/samples?route=models/delays";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_being_asked_for_no_pair_is_kept()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => 1 - score));

        await scene.AskAsync(3);
        await scene.Gateway.SettledScrapeAsync(Cancellation);

        (await PairsAsync(scene)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_latest_pairs_that_disagree_are_kept_with_output_index_and_values_and_nothing_else()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => score > 0.8 ? 0.7 : score));
        scene.Route(MirrorScene.All(new CompareRule { Output = "score", Absolute = 0.01 }) with { Sample = true });

        await scene.AskAsync(Limits.SampledPairs + 5, user: "secret-user");
        await scene.Gateway.SettledScrapeAsync(Cancellation);

        var pairs = await PairsAsync(scene);
        pairs.Should().HaveCount(Limits.SampledPairs);
        var pair = pairs[0];
        pair.EnumerateObject().Select(member => member.Name).Should().Equal("time", "result", "differences");
        pair.GetProperty("result").GetString().Should().Be("disagree");
        var difference = pair.GetProperty("differences").EnumerateArray().Single();
        difference.EnumerateObject().Select(member => member.Name).Should().Equal("output", "index", "stable", "candidate");
        difference.GetProperty("output").GetString().Should().Be("score");
        difference.GetProperty("index").GetInt64().Should().Be(4, "the first score of the third row");
        difference.GetProperty("stable").GetString().Should().StartWith("0.1");
        difference.GetProperty("candidate").GetString().Should().StartWith("0.3");
        (await scene.Gateway.TelemetryAsync(Path, Cancellation)).Text.Should().NotContain("secret-user").And.NotContain("0.1234", "values that agree are nobody's business");
    }

    [Fact]
    public async Task Pairs_are_gone_when_the_route_no_longer_asks_for_them_or_no_longer_names_the_revision()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => 1 - score));
        scene.Route(MirrorScene.All() with { Sample = true });
        await scene.AskAsync(1);
        await scene.Gateway.SettledScrapeAsync(Cancellation);
        (await PairsAsync(scene)).Should().ContainSingle();

        scene.Route(MirrorScene.All());
        (await PairsAsync(scene)).Should().BeEmpty();

        scene.Route(MirrorScene.All() with { Sample = true });
        await scene.AskAsync(1);
        await scene.Gateway.SettledScrapeAsync(Cancellation);
        scene.Gateway.Apply([Manifests.Route("delays", Manifests.Spec(portA: scene.Stable.Port, sequence: 10))], Manifests.Slice("delays-a", "127.0.0.1"));
        (await PairsAsync(scene)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/telemetry/v1/samples")]
    [InlineData("/telemetry/v1/samples?route=models/other")]
    public async Task A_route_that_is_not_known_is_a_404_that_says_what_was_expected(string path)
    {
        await using var gateway = await TestGateway.ServingAsync(1);

        var (status, text) = await gateway.TelemetryAsync(path, Cancellation);

        status.Should().Be(HttpStatusCode.NotFound);
        text.Should().Contain("?route=namespace/name");
    }

    [Fact]
    public void Disagreements_are_counted_by_the_first_outputs_only()
    {
        var counts = new DisagreementCounts();
        for (var output = 0; output < 100; output++)
        {
            counts.Add("output-" + output.ToString(System.Globalization.CultureInfo.InvariantCulture));
            counts.Add("output-0");
        }

        var all = counts.Copy();

        all.Should().HaveCount(Limits.CountedOutputs + 1);
        all.Should().Contain(new KeyValuePair<string, long>("other", 100 - Limits.CountedOutputs)).And.Contain(new KeyValuePair<string, long>("output-0", 101));
    }

    private static async Task<List<JsonElement>> PairsAsync(MirrorScene scene)
    {
        var (status, text) = await scene.Gateway.TelemetryAsync(Path, Cancellation);
        status.Should().Be(HttpStatusCode.OK);
        using var document = JsonDocument.Parse(text);
        document.RootElement.GetProperty("route").GetString().Should().Be("models/delays");
        var revision = document.RootElement.GetProperty("revisions").EnumerateArray().Single();
        revision.GetProperty("revision").GetString().Should().Be("b");
        return [.. revision.GetProperty("pairs").Clone().EnumerateArray()];
    }
}
