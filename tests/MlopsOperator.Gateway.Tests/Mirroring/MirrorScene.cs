using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Mirroring;
using MlopsOperator.Gateway.Tests.Comparing;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Mirroring;

/// <summary>A stable and a candidate that gets copies, behind a gateway.</summary>
internal sealed class MirrorScene : IAsyncDisposable
{
    private static readonly double[] Scores = [0.1234, 0.5678, 0.9];

    private readonly ModelBackend? candidate;
    private readonly int candidatePort;
    private long sequence = 1;

    private MirrorScene(ModelBackend stable, ModelBackend? candidate, int candidatePort, TestGateway gateway)
    {
        Stable = stable;
        this.candidate = candidate;
        this.candidatePort = candidatePort;
        Gateway = gateway;
    }

    public ModelBackend Stable { get; }

    public ModelBackend Candidate => candidate!;

    public TestGateway Gateway { get; }

    public MirrorCells Cells => Gateway.Revisions.Get("models/delays", "b").Mirror!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<MirrorScene> StartAsync(RequestDelegate stable, RequestDelegate candidate) => WithClockAsync(TimeProvider.System, stable, candidate);

    public static async Task<MirrorScene> WithClockAsync(TimeProvider time, RequestDelegate stable, RequestDelegate candidate)
    {
        var backend = await ModelBackend.StartAsync(candidate);
        return await BuildAsync(stable, backend, backend.Port, time);
    }

    public static Task<MirrorScene> TowardsAsync(int candidatePort, RequestDelegate stable) => BuildAsync(stable, null, candidatePort, TimeProvider.System);

    /// <summary>A model that answers each score of the request, or what becomes of it.</summary>
    public static RequestDelegate Model(Func<double, double>? change = null, TimeSpan? delay = null) => async context =>
    {
        var scores = await JsonSerializer.DeserializeAsync<double[]>(context.Request.Body, cancellationToken: context.RequestAborted);
        if (delay is { } time)
        {
            await Task.Delay(time, TimeProvider.System, context.RequestAborted);
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Answers.Classifier([.. scores!.Select(score => change?.Invoke(score) ?? score)]), context.RequestAborted);
    };

    /// <summary>Answers nothing before the semaphore lets it.</summary>
    public static RequestDelegate Hanging(SemaphoreSlim gate) => async context =>
    {
        await gate.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("late", context.RequestAborted);
    };

    public static RequestDelegate Text(string text, int status = 200, string contentType = "text/plain") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    };

    /// <summary>Puts the route into effect, mirrored unless told otherwise.</summary>
    public void Route(RouteMirror? mirror, Func<GatewayRouteSpec, GatewayRouteSpec>? change = null, bool hasCandidate = true, bool hasStable = true)
    {
        var spec = Manifests.Spec(candidateWeight: 0, portA: Stable.Port, portB: candidatePort, sequence: sequence++) with { Mirror = mirror };
        var services = new[] { ("delays-a", hasStable), ("delays-b", hasCandidate) };
        Gateway.Apply([Manifests.Route("delays", change is null ? spec : change(spec))], [.. services.Where(service => service.Item2).Select(service => Manifests.Slice(service.Item1, "127.0.0.1"))]);
    }

    public static RouteMirror All(params CompareRule[] rules) => new() { Share = 10_000, Compare = rules };

    /// <summary>Asks the model, as often as told, and expects stable's answer.</summary>
    public async Task AskAsync(int times, string? user = null)
    {
        for (var round = 0; round < times; round++)
        {
            using var answer = await PostAsync(JsonSerializer.Serialize(Scores), user);
            answer.EnsureSuccessStatusCode();
        }
    }

    public async Task<HttpResponseMessage> PostAsync(string body, string? user = null, string path = "/v2/models/delays/infer")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (user is not null)
        {
            request.Headers.Add("X-User", user);
        }

        return await Gateway.SendAsync(request, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Stable.DisposeAsync();
        if (candidate is not null)
        {
            await candidate.DisposeAsync();
        }
    }

    private static async Task<MirrorScene> BuildAsync(RequestDelegate stable, ModelBackend? candidate, int candidatePort, TimeProvider time)
    {
        var scene = new MirrorScene(
            await ModelBackend.StartAsync(stable),
            candidate,
            candidatePort,
            await TestGateway.WithoutRoutesAsync(time, new GatewayOptions { DrainDelay = TimeSpan.Zero }));
        scene.Route(All());
        return scene;
    }
}
