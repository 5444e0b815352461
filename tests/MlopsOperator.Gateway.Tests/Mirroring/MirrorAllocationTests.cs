using System.Text;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Mirroring;

/// <summary>Runs alone: it counts what the whole process allocates.</summary>
[Collection(AloneDefinition.Name)]
public sealed class MirrorAllocationTests
{
    private const int Requests = 400;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_of_a_route_without_mirror_costs_nothing_to_ask_whether_it_is_copied()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Text("x"), MirrorScene.Text("x"));
        scene.Route(mirror: null);
        Ask(scene, "user", times: 100).Should().BeGreaterThanOrEqualTo(0, "the first calls compile");

        Ask(scene, "user", times: 1_000).Should().Be(0);
    }

    [Fact]
    public async Task Whether_a_request_is_copied_is_found_without_allocating_and_so_is_a_drop_counted()
    {
        await using var scene = await MirrorScene.StartAsync(MirrorScene.Text("x"), MirrorScene.Text("x"));
        scene.Route(MirrorScene.All(), hasCandidate: false);
        Ask(scene, "user", times: 100);

        Ask(scene, "user", times: 1_000).Should().Be(0);

        (await scene.Gateway.ScrapeAsync(Cancellation)).Dropped("no_endpoint").Should().Be(1_100);
    }

    [Fact]
    public async Task A_mirrored_request_allocates_a_bounded_number_of_bytes_more_whatever_its_size()
    {
        await using var scene = await MirrorScene.StartAsync(Swallowing, Swallowing);
        var (small, large) = (new string('x', 200), new string('x', 200_000));
        scene.Route(mirror: null);
        var plain = (Small: await AllocatedAsync(scene, small), Large: await AllocatedAsync(scene, large));
        scene.Route(MirrorScene.All());
        var mirrored = (Small: await AllocatedAsync(scene, small), Large: await AllocatedAsync(scene, large));

        // In it are the candidate's own server, in this process too, and the client that sends to it.
        (mirrored.Small - plain.Small).Should().BeLessThan(24 * 1024);
        (mirrored.Large - plain.Large).Should().BeLessThan(64 * 1024, "bodies are in pooled buffers");
        (await scene.Gateway.SettledScrapeAsync(Cancellation)).Dropped("queue_full").Should().Be(0);
    }

    private static long Ask(MirrorScene scene, string user, int times)
    {
        var forwarder = scene.Gateway.Mirroring;
        var route = scene.Gateway.Board.Table.Routes["models/delays"];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < times; time++)
        {
            forwarder.IsDue(route, route.Stable!, user, null);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task<long> AllocatedAsync(MirrorScene scene, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await SendAsync(scene, bytes, Requests);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SendAsync(scene, bytes, Requests);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests;
    }

    private static async Task SendAsync(MirrorScene scene, byte[] body, int times)
    {
        for (var time = 0; time < times; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative)) { Content = new ByteArrayContent(body) };
            using var answer = await scene.Gateway.SendAsync(request, Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        var cells = scene.Gateway.Revisions.Get("models/delays", "b");
        await Eventually.Holds(() => !cells.IsBusy, "all copies are done", Cancellation);
    }

    private static async Task Swallowing(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await context.Response.WriteAsync("""{"a":1}""", context.RequestAborted);
    }
}
