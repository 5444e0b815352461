using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Mirroring;

/// <summary>Whatever the candidate does, the client sees stable's answer and waits for nothing else.</summary>
public sealed class MirrorUnderStressTests : IDisposable
{
    private readonly SemaphoreSlim gate = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candidate_that_hangs_holds_up_no_client_and_its_copies_end_at_their_deadline()
    {
        var time = new FakeTimeProvider();
        await using var scene = await MirrorScene.WithClockAsync(time, MirrorScene.Model(), MirrorScene.Hanging(gate));

        await scene.AskAsync(40);

        await Eventually.Holds(() => scene.Candidate.Seen.Count == Limits.CopiesAtWork, "as many copies as may be are under way", Cancellation);
        (await scene.Gateway.ScrapeAsync(Cancellation)).Of("mlops_mirror_inflight", "b").Should().Be(40);
        time.Advance(Limits.Copy + TimeSpan.FromSeconds(1));
        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Mirrored("504").Should().Be(Limits.CopiesAtWork);
        samples.Pairs("error_candidate").Should().Be(Limits.CopiesAtWork);
        samples.Dropped("late").Should().Be(40 - Limits.CopiesAtWork, "what waited that long is not sent any more");
        samples.Requests("a", "200").Should().Be(40);
        scene.Gateway.Revisions.Copies.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task A_candidate_may_take_as_long_as_the_route_lets_a_client_wait_where_stable_is_slow_itself()
    {
        var time = new FakeTimeProvider();
        await using var scene = await MirrorScene.WithClockAsync(time, MirrorScene.Hanging(gate), MirrorScene.Hanging(gate));

        // Without a body, whose end stable may see before the gateway does.
        var asking = scene.Gateway.GetAsync("/", Cancellation);
        await Eventually.Holds(() => scene.Stable.Seen.Count == 1, "stable has it", Cancellation);
        time.Advance(TimeSpan.FromSeconds(4));
        gate.Release();
        using var answer = await asking;
        await Eventually.Holds(() => scene.Candidate.Seen.Count == 1, "the candidate has it", Cancellation);

        time.Advance(TimeSpan.FromSeconds(7));
        gate.Release();

        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Pairs("agree").Should().Be(1, "7 s are less than twice stable's 4 s");
    }

    [Fact]
    public async Task A_full_queue_drops_copies_and_counts_them_and_takes_copies_again_when_it_has_emptied()
    {
        await using var scene = await MirrorScene.WithClockAsync(new FakeTimeProvider(), MirrorScene.Text("ok"), MirrorScene.Hanging(gate));

        await Parallel.ForAsync(0, Limits.CopiesPerCandidate + 100, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (_, token) =>
        {
            using var answer = await scene.PostAsync("[]");
            (await answer.Content.ReadAsStringAsync(token)).Should().Be("ok");
        });

        scene.Cells.Budget.Copies.Should().BeLessThanOrEqualTo(Limits.CopiesPerCandidate);
        scene.Gateway.Revisions.Copies.Copies.Should().Be(scene.Cells.Budget.Copies);
        (await scene.Gateway.ScrapeAsync(Cancellation)).Dropped("queue_full").Should().BeGreaterThanOrEqualTo(100);
        gate.Release(10_000);
        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        (samples.AllPairs() + samples.Dropped("queue_full")).Should().Be(Limits.CopiesPerCandidate + 100, "every request's copy is somewhere");
        scene.Gateway.Revisions.Copies.Bytes.Should().Be(0);
        using var later = await scene.PostAsync("[]");
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).AllPairs().Should().Be(samples.AllPairs() + 1);
    }

    [Fact]
    public async Task Copies_hold_no_more_bytes_than_they_may()
    {
        await using var scene = await MirrorScene.WithClockAsync(new FakeTimeProvider(), Swallowing, MirrorScene.Hanging(gate));
        var body = new string('x', 800_000);

        for (var round = 0; round < 30; round++)
        {
            using var answer = await scene.PostAsync(body);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            scene.Cells.Budget.Bytes.Should().BeLessThanOrEqualTo(Limits.CopyBytesPerCandidate);
        }

        (await scene.Gateway.ScrapeAsync(Cancellation)).Dropped("memory_full").Should().BeGreaterThanOrEqualTo(10);
        gate.Release(10_000);
        await scene.Gateway.SettledScrapeAsync(Cancellation);
        scene.Gateway.Revisions.Copies.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task A_candidate_that_breaks_off_or_refuses_is_an_error_of_its_own()
    {
        await using var broken = new RawBackend("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", resets: true);
        await using var breaking = await MirrorScene.TowardsAsync(broken.Port, MirrorScene.Model());
        await using var refusing = await MirrorScene.TowardsAsync(1, MirrorScene.Model());

        await breaking.AskAsync(3);
        await refusing.AskAsync(3);

        var samples = await breaking.Gateway.SettledScrapeAsync(Cancellation);
        (samples.Mirrored("broken") + samples.Mirrored("502")).Should().Be(3, "a reset may come before the status is read");
        samples.Pairs("error_candidate").Should().Be(3);
        var refused = await refusing.Gateway.SettledScrapeAsync(Cancellation);
        refused.Mirrored("502").Should().Be(3);
        refused.Pairs("error_candidate").Should().Be(3);
        refused.Requests("a", "200").Should().Be(3);
    }

    [Fact]
    public async Task An_upload_streams_to_stable_as_it_comes_and_one_over_the_limit_is_not_copied()
    {
        using var first = new SemaphoreSlim(0);
        await using var scene = await MirrorScene.StartAsync(
            async context =>
            {
                var buffer = new byte[64 * 1024];
                var total = 0L;
                while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
                {
                    total += count;
                    first.Release();
                }

                await context.Response.WriteAsync(total.ToString(System.Globalization.CultureInfo.InvariantCulture), context.RequestAborted);
            },
            MirrorScene.Text("never"));
        var piece = new byte[256 * 1024];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative))
        {
            Content = new PieceContent(async stream =>
            {
                await stream.WriteAsync(piece, Cancellation);
                await stream.FlushAsync(Cancellation);

                // Not before stable has some of it: nothing holds the upload until it is whole.
                await first.WaitAsync(Cancellation);
                for (var count = 1; count < 8; count++)
                {
                    await stream.WriteAsync(piece, Cancellation);
                }
            }),
        };

        using var answer = await scene.Gateway.SendAsync(request, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("2097152");
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("too_large").Should().Be(1);
        scene.Candidate.Seen.Should().BeEmpty();
        scene.Gateway.Revisions.Copies.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task A_request_whose_client_went_away_is_not_copied()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Hanging(gate), MirrorScene.Text("never"));
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative)) { Content = new StringContent("[]") };
        var asking = scene.Gateway.SendAsync(request, impatient.Token);
        await Eventually.Holds(() => scene.Stable.Seen.Count == 1, "stable has it", Cancellation);

        await impatient.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("incomplete").Should().Be(1);
        scene.Candidate.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_drains_drops_what_waits_and_copies_nothing_more()
    {
        await using var scene = await MirrorScene.WithClockAsync(new FakeTimeProvider(), MirrorScene.Model(), MirrorScene.Hanging(gate));
        await scene.AskAsync(Limits.CopiesAtWork + 5);
        await Eventually.Holds(() => scene.Candidate.Seen.Count == Limits.CopiesAtWork, "as many copies as may be are under way", Cancellation);

        scene.Gateway.Lifetime.Drain(TimeSpan.FromMinutes(1));
        await scene.AskAsync(2);
        gate.Release(10_000);

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        samples.Dropped("draining").Should().Be(7);
        samples.Requests("a", "200").Should().Be(Limits.CopiesAtWork + 7);
        scene.Candidate.Seen.Should().HaveCount(Limits.CopiesAtWork);
    }

    [Fact]
    public async Task A_candidate_that_gets_copies_answers_no_client_though_stable_has_no_endpoint()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Model(), MirrorScene.Model());
        scene.Route(MirrorScene.All(), hasStable: false);

        using var answer = await scene.PostAsync("[1]");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("stable (Service delays-a) has no ready endpoint").And.NotContain("candidate");
        scene.Candidate.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task A_mirror_is_reported_in_effect_when_the_candidate_has_an_endpoint_or_after_the_longest_delay()
    {
        var time = new FakeTimeProvider();
        await using var scene = await MirrorScene.WithClockAsync(time, MirrorScene.Model(), MirrorScene.Model());
        scene.Route(MirrorScene.All(), hasCandidate: false);
        (await scene.Gateway.ScrapeAsync(Cancellation)).Sequence().Should().NotBe(2);

        time.Advance(Limits.SequenceDelay);
        (await scene.Gateway.ScrapeAsync(Cancellation)).Sequence().Should().Be(2);

        scene.Route(MirrorScene.All());
        (await scene.Gateway.ScrapeAsync(Cancellation)).Sequence().Should().Be(3);
    }

    [Fact]
    public async Task What_waits_is_not_sent_to_a_candidate_that_was_taken_back()
    {
        await using var scene = await MirrorScene.WithClockAsync(new FakeTimeProvider(), MirrorScene.Model(), MirrorScene.Hanging(gate));
        await scene.AskAsync(Limits.CopiesAtWork + 5);
        await Eventually.Holds(() => scene.Candidate.Seen.Count == Limits.CopiesAtWork, "as many copies as may be are under way", Cancellation);

        scene.Route(mirror: null);
        gate.Release(10_000);

        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("withdrawn").Should().Be(5);
        scene.Candidate.Seen.Should().HaveCount(Limits.CopiesAtWork);
    }

    [Fact]
    public async Task Every_copy_is_worked_on_however_workers_come_and_go()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Text("x"), MirrorScene.Text("x"));

        await Parallel.ForAsync(0, 3_000, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Cancellation }, async (_, _) =>
        {
            using var answer = await scene.PostAsync("[]");
        });

        var samples = await scene.Gateway.SettledScrapeAsync(Cancellation);
        (samples.Pairs("agree") + samples.Dropped("queue_full")).Should().Be(3_000);
        scene.Gateway.Revisions.Copies.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task Nothing_is_copied_while_nobody_judges_or_the_candidate_has_no_endpoint()
    {
        var time = new FakeTimeProvider();
        await using var scene = await MirrorScene.WithClockAsync(time, MirrorScene.Model(), MirrorScene.Model());
        scene.Route(MirrorScene.All(), spec => spec with { Lease = "60s" });
        await scene.AskAsync(3);
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("lapsed").Should().Be(3);

        scene.Gateway.Board.Table.Routes["models/delays"].Lease!.Name(0);
        await scene.AskAsync(3);
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Pairs("agree").Should().Be(3);

        time.Advance(TimeSpan.FromSeconds(60));
        await scene.AskAsync(1);
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("lapsed").Should().Be(4);

        scene.Route(MirrorScene.All(), hasCandidate: false);
        await scene.AskAsync(2);
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("no_endpoint").Should().Be(2);
        scene.Candidate.Seen.Should().HaveCount(3);
    }

    public void Dispose() => gate.Dispose();

    private static async Task Swallowing(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await context.Response.WriteAsync("ok", context.RequestAborted);
    }

    private sealed class PieceContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
