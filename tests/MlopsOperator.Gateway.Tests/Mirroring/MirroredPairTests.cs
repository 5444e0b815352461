using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Assignment;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Mirroring;

/// <summary>What becomes of a copy and its answer, over real sockets.</summary>
public sealed class MirroredPairTests
{
    private const int Requests = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_equal_servers_every_request_makes_a_pair_and_every_pair_agrees()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model());

        await scene.AskAsync(Requests);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Pairs("agree").Should().Be(Requests);
        samples.AllPairs().Should().Be(Requests);
        samples.Mirrored("200").Should().Be(Requests);
        samples.Requests("a", "200").Should().Be(Requests);
        samples.Requests("b", "200").Should().Be(0, "copies are no requests of clients");
        samples.Of("mlops_mirror_inflight", "b").Should().Be(0);
        samples.Of("mlops_mirror_duration_seconds_count", "b").Should().Be(Requests);
        samples.Of("mlops_compare_latency_difference_seconds_count", "b").Should().Be(Requests);
    }

    [Fact]
    public async Task A_copy_is_the_request_as_stable_gets_it_and_says_that_it_is_a_copy()
    {
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<string>();
        RequestDelegate keep = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue(await reader.ReadToEndAsync(context.RequestAborted));
            await context.Response.WriteAsync("ok", context.RequestAborted);
        };
        await using var scene = await MirrorScene.StartAsync(keep, keep);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v2/models/a%20b/infer?x=1&y=%2F", UriKind.Relative)) { Content = new StringContent("[1]", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Mlops-Shadow", "true");
        request.Headers.Add("X-Own", ["1", "2"]);
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using var answer = await scene.Gateway.SendAsync(request, Cancellation);
        await scene.Gateway.SettledScrapeAsync(Cancellation);

        var (stable, candidate) = (scene.Stable.Seen.Single(), scene.Candidate.Seen.Single());
        stable.Headers.Should().NotContainKey("x-mlops-shadow", "what a client says of itself is not believed");
        candidate.Headers["x-mlops-shadow"].Should().Be("true");
        (candidate.Method, candidate.Target).Should().Be((stable.Method, stable.Target));
        bodies.Should().Equal("[1]", "[1]");
        var own = new[] { "x-mlops-shadow", "Content-Length", "Transfer-Encoding", "Expect" };
        candidate.Headers.ExceptBy(own, pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Should().BeEquivalentTo(stable.Headers.ExceptBy(own, pair => pair.Key, StringComparer.OrdinalIgnoreCase));
        candidate.Headers.Should().ContainKey("x-request-id").And.NotContainKey("Expect");
    }

    [Fact]
    public async Task A_quantised_copy_differs_in_scores_and_not_in_labels()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => Math.Round(score, 2)));

        await scene.AskAsync(Requests);
        var exact = await scene.Gateway.SettledScrapeAsync(Cancellation);
        exact.Pairs("disagree").Should().Be(Requests);
        exact.Disagreements("score").Should().Be(Requests);
        exact.Disagreements("label").Should().Be(0);

        scene.Route(MirrorScene.All(new CompareRule { Output = "score", Absolute = 0.01 }));
        await scene.AskAsync(Requests);
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Pairs("agree").Should().Be(Requests, "the rule allows it now");
    }

    [Fact]
    public async Task Swapped_classes_differ_in_labels_and_scores()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => 1 - score));

        await scene.AskAsync(Requests);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Pairs("disagree").Should().Be(Requests);
        samples.Disagreements("label").Should().Be(Requests);
        samples.Disagreements("score").Should().Be(Requests);
    }

    [Fact]
    public async Task What_is_no_number_on_some_rows_is_an_error_of_the_candidate_though_its_status_is_200()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(score => score > 0.5 && score < 0.6 ? double.NaN : score));

        await scene.AskAsync(Requests);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Pairs("error_candidate").Should().Be(Requests);
        samples.Mirrored("200").Should().Be(Requests);
        samples.Disagreements("score").Should().Be(Requests);
    }

    [Fact]
    public async Task A_candidate_that_takes_50_ms_more_agrees_and_shows_in_the_difference_of_latencies()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model(delay: TimeSpan.FromMilliseconds(50)));

        await scene.AskAsync(Requests);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Pairs("agree").Should().Be(Requests);
        samples["mlops_compare_latency_difference_seconds_bucket{route=\"models/delays\",revision=\"b\",le=\"0.015625\"}"].Should().BeLessThan(Requests / 2);
        samples.Of("mlops_compare_latency_difference_seconds_sum", "b").Should().BeGreaterThan(Requests * 0.02);
    }

    [Theory]
    [InlineData(200, 500, "error_candidate")]
    [InlineData(500, 200, "error_stable")]
    [InlineData(503, 500, "error_both")]
    [InlineData(400, 400, "error_both")]
    [InlineData(200, 422, "error_candidate")]
    [InlineData(200, 201, "agree")]
    [InlineData(200, 302, "schema")]
    public async Task An_error_against_an_answer_is_told_by_its_side(int stable, int candidate, string result)
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Text("x", stable), MirrorScene.Text("x", candidate));

        using var answer = await scene.PostAsync("[]");

        ((int)answer.StatusCode).Should().Be(stable);
        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Pairs(result).Should().Be(1);
        samples.AllPairs().Should().Be(1);
        samples.Mirrored(candidate.ToString(CultureInfo.InvariantCulture)).Should().Be(1);
    }

    [Fact]
    public async Task Streams_of_events_are_sent_and_counted_and_not_compared()
    {
        await using var scene = await MirrorScene.StartAsync(
            MirrorScene.Text("data: a\n\ndata: [DONE]\n\n", contentType: "text/event-stream; charset=utf-8"),
            MirrorScene.Text("data: b\n\ndata: [DONE]\n\n", contentType: "text/event-stream"));

        await scene.AskAsync(3);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Skipped("stream").Should().Be(3);
        samples.Mirrored("200").Should().Be(3);
        samples.AllPairs().Should().Be(0);
        samples.Of("mlops_compare_latency_difference_seconds_count", "b").Should().Be(3);
    }

    [Fact]
    public async Task Answers_that_are_too_large_or_compressed_are_not_compared()
    {
        RequestDelegate answer = async context =>
        {
            if (context.Request.Path == "/large")
            {
                await context.Response.WriteAsync(new string('x', Limits.ComparedAnswerBytes + 1), context.RequestAborted);
                return;
            }

            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("{}"u8.ToArray(), context.RequestAborted);
        };
        await using var scene = await MirrorScene.StartAsync(answer, answer);

        using var large = await scene.PostAsync("", path: "/large");
        using var zipped = await scene.PostAsync("", path: "/zipped");

        (await large.Content.ReadAsByteArrayAsync(Cancellation)).Should().HaveCount(Limits.ComparedAnswerBytes + 1);
        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Skipped("too_large").Should().Be(1);
        samples.Skipped("encoded").Should().Be(1);
        samples.AllPairs().Should().Be(0);
        scene.Cells.Budget.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task Whose_requests_are_copied_is_decided_by_assignment_alone()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Text("x"), MirrorScene.Text("x"));
        scene.Route(MirrorScene.All() with { Share = 2_500 });
        var salt = Encoding.UTF8.GetBytes("salt");
        var users = Enumerable.Range(0, 100).Select(user => "user-" + user.ToString(CultureInfo.InvariantCulture)).ToList();

        foreach (var user in users.Concat(users))
        {
            await scene.AskAsync(1, user);
        }

        await scene.Gateway.SettledScrapeAsync(Cancellation);
        var expected = users.Where(user => Buckets.OfMirror(salt, user) < 2_500).ToList();
        expected.Should().NotBeEmpty();
        scene.Candidate.Seen.Select(request => request.Headers["X-User"]).Should().BeEquivalentTo(expected.Concat(expected));
    }

    [Fact]
    public async Task Nothing_is_copied_where_the_route_has_no_mirror()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model());
        await using var other = await TestGateway.ServingAsync(scene.Stable.Port, scene.Candidate.Port);
        using var answer = await other.GetAsync("/", Cancellation);

        scene.Route(mirror: null);
        await scene.AskAsync(10);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        scene.Candidate.Seen.Should().BeEmpty();
        samples.Mirrored("200").Should().Be(0);
        (await other.SettledScrapeAsync(Cancellation)).All.Keys.Should().NotContain(key => key.Contains("mirror", StringComparison.Ordinal) || key.Contains("compare", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_forms_of_telemetry_tell_of_mirroring_and_the_coarse_one_with_fewer_edges()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model());
        await scene.AskAsync(1);

        var fine = await scene.Gateway.SettledScrapeAsync(Cancellation);
        var coarse = new Samples((await scene.Gateway.TelemetryAsync("/metrics", Cancellation)).Text);

        coarse.Pairs("agree").Should().Be(1);
        Edges(fine, "mlops_mirror_duration_seconds").Should().HaveCount(66);
        Edges(coarse, "mlops_mirror_duration_seconds").Should().HaveCount(13);
        var differences = Edges(fine, "mlops_compare_latency_difference_seconds").Select(text => double.Parse(text.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)).ToList();
        differences.Should().HaveCount(36).And.BeInAscendingOrder();
        differences.SkipLast(1).Should().Equal(differences.SkipLast(1).Reverse().Select(edge => -edge));
        Edges(coarse, "mlops_compare_latency_difference_seconds").Should().HaveCount(20).And.Contain("0").And.Contain("-0.25");
    }

    private static List<string> Edges(Samples samples, string family) =>
        [.. samples.All.Keys.Where(key => key.StartsWith(family + "_bucket{", StringComparison.Ordinal)).Select(key => key.Split("le=\"")[1].TrimEnd('}', '"'))];
}
