using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Hosting;

public sealed class OperatorHostingTests
{
    /// <summary>Proof 24.</summary>
    [Fact]
    public void Readiness_is_false_until_all_caches_are_complete_and_names_what_is_missing()
    {
        using var world = new World(builder => builder.AddController<WidgetController, Widget>(watches => watches.Owns<k8s.Models.V1Pod>()));
        var health = world.Get<OperatorHealth>();
        health.Unsynced().Should().Equal("Pod", "Widget");
        world.Server.MissingKinds.Add("pods");

        world.Start();
        health.Unsynced().Should().Equal("Pod");
        world.Server.MissingKinds.Clear();
        world.Advance(31);

        health.Unsynced().Should().BeEmpty();
        world.Get<OperatorRuntime>().HasSynced.Should().BeTrue();
    }

    /// <summary>Proof 24.</summary>
    [Fact]
    public void Liveness_ends_after_a_quarter_of_an_hour_without_progress_of_a_watch_and_not_before()
    {
        using var world = new World();
        world.Start();
        world.Advance(TimeSpan.FromHours(1), stepSeconds: 5);
        world.Get<OperatorHealth>().Stuck().Should().BeEmpty("a quiet watch is opened again now and then");

        world.Server.Before = _ => throw new TransportException("nobody there");
        world.Server.BeforeWatch = _ => throw new TransportException("nobody there");
        world.Server.Bookmark("widgets");
        world.Settle();
        world.Server.OpenWatch("widgets").Cut();
        world.Advance(TimeSpan.FromMinutes(14), stepSeconds: 5);
        var before = world.Get<OperatorHealth>().Stuck();
        world.Advance(TimeSpan.FromMinutes(2), stepSeconds: 5);

        before.Should().BeEmpty();
        world.Get<OperatorHealth>().Stuck().Should().Equal("Widget");
    }

    [Fact]
    public void A_loop_that_ends_by_itself_ends_the_operator_with_its_fault_and_stops_the_others()
    {
        using var world = new World(builder =>
        {
            builder.AddController<WidgetController, Widget>();
            builder.Services.AddSingleton<IControllerRunner, FaultyRunner>();
        });

        world.Start();
        world.Settle();

        world.Running!.IsFaulted.Should().BeTrue();
        world.Running.Exception!.InnerException!.Message.Should().Be("a bug in the runtime");
        world.Server.Watches("widgets").Should().NotContain(watch => watch.IsOpen);
    }

    [Fact]
    public void Stopping_ends_all_loops_and_cancels_what_runs()
    {
        var world = new World();
        var cancelled = false;
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                cancelled = true;
                throw;
            }

            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Running!.IsCompleted.Should().BeFalse();

        world.Dispose();

        cancelled.Should().BeTrue();
        world.Running.IsCompletedSuccessfully.Should().BeTrue();
    }

    private sealed class FaultyRunner : IControllerRunner
    {
        public string Name => "faulty";

        public void StandBy()
        {
        }

        public IReadOnlyList<Task> Start(Task gate, CancellationToken cancellationToken) => [Task.FromException(new InvalidOperationException("a bug in the runtime"))];

        public Task<bool> TryRunOneAsync(CancellationToken cancellationToken) => Task.FromResult(false);
    }

    [Fact]
    public async Task Probes_and_metrics_are_served_and_a_whole_operator_runs_in_a_host()
    {
        var token = TestContext.Current.CancellationToken;
        var server = new ScriptedServer();
        server.Put(Widget.Named("a", 5));
        var controller = new WidgetController();
        var seen = new TaskCompletionSource();
        controller.OnReconcile = (widget, _) =>
        {
            seen.TrySetResult();
            return Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IKubernetesTransport>(server);
        builder.Services.AddSingleton(controller);
        builder.Services.AddKubernetesOperator(settings => settings.WithName("hosted")).AddController<WidgetController, Widget>();
        await using var app = builder.Build();
        app.MapOperatorEndpoints();
        await app.StartAsync(token);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, token);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        (await client.GetStringAsync(new Uri("/healthz", UriKind.Relative), token)).Should().Be("ok\n");
        (await client.GetStringAsync(new Uri("/readyz", UriKind.Relative), token)).Should().Be("ok\n");
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), token);

        metrics.Should().Contain("controller_runtime_max_concurrent_reconciles{controller=\"widget\"} 1")
            .And.Contain("workqueue_adds_total{name=\"widget\",controller=\"widget\"} 1")
            .And.Contain("workqueue_depth{name=\"widget\",controller=\"widget\"} 0")
            .And.MatchRegex("(?m)^dotnet_timers [0-9]+$")
            .And.MatchRegex("(?m)^dotnet_heap_after_collection_bytes [0-9]+$");
        await app.StopAsync(token);
    }

    /// <summary>Proof 21: loss ends the host.</summary>
    [Fact]
    public async Task A_lost_lease_stops_the_host_and_tells_the_program_why()
    {
        var token = TestContext.Current.CancellationToken;
        var server = new ScriptedServer();
        var stolen = 0;
        server.Before = request =>
        {
            if (request.Method is "PUT" && request.PathAndQuery.Contains("/leases/", StringComparison.Ordinal) && stolen++ == 0)
            {
                var lease = server.Collection("leases").Objects.Values.Single().DeepClone().AsObject();
                lease["spec"]!["holderIdentity"] = "thief";
                lease["metadata"]!["resourceVersion"] = null;
                server.PutJson("leases", lease);
            }

            return null;
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IKubernetesTransport>(server);
        builder.Services.AddKubernetesOperator(settings => settings.WithLeaderElection(LeaderElectionType.Single)).AddController<WidgetController, Widget>();
        await using var app = builder.Build();

        await app.StartAsync(token);
        await app.WaitForShutdownAsync(token).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, token);

        app.Services.GetRequiredService<OperatorRuntime>().Fault.Should().BeOfType<LeadershipLostException>().Which.Message.Should().Contain("held by thief");
    }

    [Fact]
    public async Task An_operator_that_is_not_ready_answers_503_with_the_reason()
    {
        var token = TestContext.Current.CancellationToken;
        var server = new ScriptedServer();
        server.MissingKinds.Add("widgets");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IKubernetesTransport>(server);
        builder.Services.AddKubernetesOperator().AddController<WidgetController, Widget>();
        await using var app = builder.Build();
        app.MapOperatorEndpoints();
        await app.StartAsync(token);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), token);

        ((int)answer.StatusCode).Should().Be(503);
        (await answer.Content.ReadAsStringAsync(token)).Should().Be("caches not complete: Widget\n");
        await app.StopAsync(token);
    }
}
