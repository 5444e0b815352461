using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Writing;
using static MlopsOperator.ControllerRuntime.Tests.LeaderElection.Contenders;

namespace MlopsOperator.ControllerRuntime.Tests.LeaderElection;

/// <summary>What a standby keeps, and from what a new leader starts.</summary>
public sealed class TakeoverTests
{
    /// <summary>The watch of a standby may be minutes behind what its predecessor wrote last, and no own write tells it so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_new_leader_decides_on_what_is_stored_and_not_on_what_its_silent_watch_has_shown(bool isDeleted)
    {
        using var leader = Contender("a");
        leader.Server.Put(Widget.Named("w", 1));
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        leader.Server.Collection("widgets").Lags = true;
        leader.Server.Put(Widget.Named("w", 2));
        if (isDeleted)
        {
            leader.Server.Delete("widgets", "w");
        }

        leader.Dispose();
        leader.Advance(2.4);

        Holder(leader.Server).Should().StartWith("b_");
        standby.Controller.Calls.Should().Equal(isDeleted ? [] : ["w:2"]);
    }

    [Fact]
    public void A_new_leader_works_once_its_lists_are_answered_however_long_that_takes()
    {
        using var leader = Contender("a");
        leader.Server.Put(Widget.Named("w", 1));
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        leader.Dispose();
        leader.Server.Before = request => request.PathAndQuery.Contains("/widgets?", StringComparison.Ordinal) ? ScriptedServer.Status(503, "ServiceUnavailable") : null;
        leader.Advance(60);
        var early = standby.Controller.Calls.Count;
        leader.Server.Before = null;
        leader.Advance(31);

        early.Should().Be(0);
        standby.Controller.Calls.Should().Equal("w:1");
    }

    [Fact]
    public void A_kind_that_is_optional_and_absent_does_not_keep_a_new_leader_from_work()
    {
        using var world = Contender("a", add: builder => builder.AddCache<Gadget>(options => options.Optional = true));
        world.Server.MissingKinds.Add("gadgets");
        world.Server.Put(Widget.Named("w", 1));

        world.Start();
        world.Advance(31);

        world.Controller.Calls.Should().Equal("w:1");
    }

    [Fact]
    public void A_standby_keeps_nothing_of_what_comes_and_goes_and_looks_at_everything_once_it_leads()
    {
        using var leader = Contender("a");
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        for (var number = 0; number < 100; number++)
        {
            leader.Server.Put(Widget.Numbered(number));
            leader.Settle();
            if (number != 42)
            {
                leader.Server.Delete("widgets", Widget.Numbered(number).Metadata.Name);
            }

            leader.Settle();
        }

        standby.Get<ControllerQueues>().Get("widget").Count.Should().Be(0);
        leader.Dispose();
        leader.Advance(2.4);

        standby.Controller.Calls.Should().Equal("w00042:0");
    }

    [Fact]
    public async Task A_standby_tells_no_Events()
    {
        using var leader = Contender("a");
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        leader.Server.PutJson("widgets", JsonNode.Parse("""{"apiVersion":"test.dev/v1","kind":"Widget","metadata":{"name":"w","namespace":"default"},"spec":{"count":"many"}}""")!.AsObject());
        leader.Advance(1);

        leader.Server.Collection("events").Objects.Should().ContainSingle("the leader tells that it cannot be decoded");
        leader.Dispose();
        leader.Advance(2.4);
        leader.Server.Collection("events").Objects.Should().ContainSingle("what a standby saw is old by now");
        (await standby.MetricsAsync()).Should().Contain("event_recorder_dropped_total{cause=\"standby\"} 1");
    }

    [Fact]
    public void A_leader_in_which_a_loop_fails_ends_even_if_work_does_not_heed_its_token()
    {
        var fails = new TaskCompletionSource();
        using var world = Contender("a", add: builder =>
        {
            builder.Services.AddSingleton(fails);
            builder.AddWork<FailingOnDemand>();
        });
        var stuck = new TaskCompletionSource();
        world.Controller.OnReconcile = async (widget, _) =>
        {
            await stuck.Task;
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("w"));
        world.Start();
        fails.SetException(new InvalidOperationException("broken work"));
        world.Advance(29);
        var early = world.Running!.IsCompleted;
        world.Advance(2);

        early.Should().BeFalse("the others may end in peace");
        world.Running.Exception!.InnerException!.Message.Should().Be("broken work");
        Holder(world.Server).Should().StartWith("a_", "a lease is not released while something still works");
        stuck.SetResult();
        world.Settle();
    }

    [Fact]
    public void A_release_that_meets_a_renewal_on_its_way_is_made_all_the_same()
    {
        var transport = default(PausableTransport);
        using var world = Contender("a", transport: inner => transport = new PausableTransport(inner) { Keeps = IsLease });
        world.Start();
        transport!.Pause();
        world.Advance(2.5);
        transport.Keeps = _ => false;

        world.Dispose();

        Holder(world.Server).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 3.9)]
    [InlineData(6, 0)]
    public void The_lease_is_released_once_a_write_without_an_answer_is_done_or_will_not_be(double before, double after)
    {
        var transport = default(PausableTransport);
        using var leader = Contender("a", transport: inner => transport = new PausableTransport(inner) { BeforeArrival = true, Keeps = request => request.PathAndQuery.Contains("/widgets/", StringComparison.Ordinal) });
        leader.Controller.OnReconcile = async (widget, token) =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), leader.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
            await leader.Get<IKubernetesApi>().MergePatchAsync<Widget>("default", "w", new JsonObject { ["spec"] = new JsonObject { ["count"] = 1 } }, "test", either.Token);
            return ReconciliationResult<Widget>.Success(widget);
        };
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        transport!.Pause();
        leader.Server.Put(Widget.Named("w"));
        leader.Advance(1);
        leader.Controller.OnReconcile = null;
        leader.Advance(before);

        leader.Dispose();
        leader.Advance(after);
        var early = Holder(leader.Server).Length == 0 && after > 0;
        leader.Advance(0.2);

        early.Should().BeFalse();
        Holder(leader.Server).Should().NotStartWith("a_");
    }

    [Fact]
    public void A_name_that_no_Lease_can_have_is_refused_at_the_start()
    {
        using var fits = new World(configure: settings => settings.WithName("My_operator/x").WithLeaderElection(LeaderElectionType.Single));
        using var unfit = new World(configure: settings => settings.WithName("-operator").WithLeaderElection(LeaderElectionType.Single));

        fits.Start();
        var starting = () => unfit.Start();

        fits.Server.Collection("leases").Objects.Keys.Single().Name.Should().Be("my-operator-x");
        starting.Should().Throw<InvalidOperationException>().WithMessage("*\"-operator\"; expected lower-case letters*set LeaseName*");
    }

    private sealed class FailingOnDemand(TaskCompletionSource fails) : IOperatorWork
    {
        public Task RunAsync(CancellationToken cancellationToken) => fails.Task;
    }
}
