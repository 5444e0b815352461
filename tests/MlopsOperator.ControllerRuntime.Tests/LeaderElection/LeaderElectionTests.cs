using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;
using static MlopsOperator.ControllerRuntime.Tests.LeaderElection.Contenders;

namespace MlopsOperator.ControllerRuntime.Tests.LeaderElection;

public sealed class LeaderElectionTests
{
    /// <summary>Proof 22.</summary>
    [Fact]
    public void A_standby_reconciles_within_a_retry_period_after_the_leader_has_stopped_and_writes_nothing_before()
    {
        using var leader = Contender("a");
        leader.Server.Put(Widget.Named("w", 1));
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        leader.Advance(60);
        leader.Controller.Calls.Should().Equal("w:1");
        standby.Controller.Calls.Should().BeEmpty();
        standby.Widgets.List().Should().ContainSingle("its cache is warm");

        leader.Dispose();
        Holder(leader.Server).Should().BeEmpty("it has released the lease");
        leader.Advance(2.4);

        standby.Controller.Calls.Should().Equal("w:1");
        Holder(leader.Server).Should().StartWith("b_");
        leader.Running!.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void After_a_crash_a_standby_takes_over_when_the_lease_has_not_changed_for_its_duration_and_not_before()
    {
        using var leader = Contender("a", transport: inner => new PausableTransport(inner) { Keeps = IsLease, BeforeArrival = true });
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();
        leader.Advance(60);

        // As a crash: nothing of it arrives any more.
        ((PausableTransport)leader.Get<IKubernetesTransport>()).Pause();
        leader.Advance(12);
        var early = standby.Get<Leadership>().Holds;
        leader.Advance(7);

        early.Should().BeFalse();
        standby.Get<Leadership>().Holds.Should().BeTrue();
        Lease(leader.Server)["spec"]!["leaseTransitions"]!.GetValue<int>().Should().Be(1);
    }

    /// <summary>Proof 20.</summary>
    [Fact]
    public void Times_of_the_lease_bear_six_digits_on_whole_seconds()
    {
        using var world = Contender("a");
        world.Start();

        var spec = Lease(world.Server)["spec"]!;

        spec["renewTime"]!.GetValue<string>().Should().Be("2026-01-01T00:00:00.000000Z");
        spec["acquireTime"]!.GetValue<string>().Should().Be("2026-01-01T00:00:00.000000Z");
        spec["leaseDurationSeconds"]!.GetValue<int>().Should().Be(15);
    }

    [Fact]
    public void A_lease_of_another_is_aged_by_the_own_clock_and_never_by_its_times()
    {
        using var world = Contender("a");
        world.Server.PutJson("leases", JsonNode.Parse("""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"test-operator","namespace":"default"},
             "spec":{"holderIdentity":"other","leaseDurationSeconds":15,"renewTime":"1999-01-01T00:00:00.000000Z","acquireTime":"1999-01-01T00:00:00.000000Z","leaseTransitions":4}}
            """)!.AsObject());
        world.Start();
        world.Advance(14.8);
        var early = world.Get<Leadership>().Holds;
        world.Advance(3);

        early.Should().BeFalse("the times inside are those of another clock");
        world.Get<Leadership>().Holds.Should().BeTrue();
    }

    /// <summary>Proof 21: the deadline ends it, also while a renewal hangs, and the operator with it.</summary>
    [Fact]
    public void A_leader_whose_renewal_hangs_leads_no_more_after_the_deadline_and_ends_at_once()
    {
        var transport = default(PausableTransport);
        using var world = Contender("a", transport: inner => transport = new PausableTransport(inner) { Keeps = IsLease });
        var stuck = new TaskCompletionSource();
        world.Controller.OnReconcile = async (widget, _) =>
        {
            // Work that does not heed its token must not keep the process alive.
            await stuck.Task;
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("w"));
        world.Start();
        var leadership = world.Get<Leadership>();
        leadership.Holds.Should().BeTrue();

        transport!.Pause();
        world.Advance(9.9);
        var before = leadership.Holds;
        world.Advance(0.2);

        before.Should().BeTrue();
        leadership.Holds.Should().BeFalse();
        world.Running!.Exception!.InnerException.Should().BeOfType<LeadershipLostException>().Which.Message.Should().Contain("Lease default/test-operator");
        world.Get<OperatorRuntime>().Fault.Should().BeOfType<LeadershipLostException>();
        transport.Resume();
        world.Settle();
        leadership.Holds.Should().BeFalse("an answer that comes too late brings nothing back");
        stuck.SetResult();
    }

    [Fact]
    public void A_lease_that_another_has_taken_is_lost_at_the_next_renewal()
    {
        using var world = Contender("a");
        world.Start();
        var lease = Lease(world.Server).DeepClone().AsObject();
        lease["spec"]!["holderIdentity"] = "thief";
        world.Server.PutJson("leases", lease);

        world.Advance(2.5);

        world.Running!.Exception!.InnerException.Should().BeOfType<LeadershipLostException>().Which.Message.Should().Contain("thief");
        Holder(world.Server).Should().Be("thief");
    }

    [Fact]
    public void A_renewal_whose_answer_is_lost_loses_nothing()
    {
        using var world = Contender("a");
        world.Start();
        var lost = 0;
        world.Server.After = request => request.Method is "PUT" && IsLease(request) && lost++ == 0 ? throw new TransportException("cut off") : null;

        world.Advance(60);

        lost.Should().BeGreaterThan(10);
        world.Get<Leadership>().Holds.Should().BeTrue();
        world.Running!.IsCompleted.Should().BeFalse();
    }

    /// <summary>Proof 21: whatever is lost or late, two never hold at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_never_hold_the_lease_at_once(int seed)
    {
        var random = new SeededRandomSource(seed);
        var transports = new PausableTransport[2];
        using var first = Contender("a", transport: inner => transports[0] = new PausableTransport(inner) { Keeps = IsLease });
        using var second = Contender("b", first, inner => transports[1] = new PausableTransport(inner) { Keeps = IsLease });
        var worlds = new List<World> { first, second };
        first.Start();
        second.Start();
        var changes = 0;
        string? holder = null;
        for (var step = 0; step < 6000; step++)
        {
            var at = step % 2;
            if (random.NextDouble() < 0.01)
            {
                transports[at].BeforeArrival = random.NextDouble() < 0.5;
                transports[at].Pause();
            }
            else if (random.NextDouble() < 0.01)
            {
                transports[at].Resume();
            }

            first.Advance(0.1);
            worlds.Count(world => world.Get<Leadership>().Holds).Should().BeLessThan(2);
            for (var index = 0; index < 2; index++)
            {
                if (worlds[index].Running!.IsCompleted)
                {
                    transports[index].Resume();
                    var place = index;
                    worlds[index] = Contender(FormattableString.Invariant($"{index}-{step}"), first, inner => transports[place] = new PausableTransport(inner) { Keeps = IsLease });
                    worlds[index].Start();
                }
            }

            var now = worlds.Find(world => world.Get<Leadership>().Holds)?.Get<LeaderElector>().Identity;
            if (now is not null && !string.Equals(now, holder, StringComparison.Ordinal))
            {
                holder = now;
                changes++;
            }
        }

        changes.Should().BeGreaterThan(3, "the faults matter");
        worlds.ForEach(world => world.Dispose());
    }

    [Theory]
    [InlineData(10, 10, 2, "LeaseDuration is 10 s; expected whole seconds, more than RenewDeadline (10 s)")]
    [InlineData(15, 2.4, 2, "RenewDeadline is 2.4 s; expected more than 1.2 x RetryPeriod (2 s)")]
    [InlineData(15, 10, 0, "RetryPeriod is 0 s; expected more than 0 s")]
    public void Times_that_would_let_two_lead_or_none_are_refused(double duration, double deadline, double retry, string problem)
    {
        var settings = new OperatorSettings();

        var refused = () => settings.WithLeaderElection(LeaderElectionType.Single, election =>
        {
            election.LeaseDuration = TimeSpan.FromSeconds(duration);
            election.RenewDeadline = TimeSpan.FromSeconds(deadline);
            election.RetryPeriod = TimeSpan.FromSeconds(retry);
        });

        refused.Should().Throw<ArgumentException>().WithMessage($"*{problem}*");
    }

    [Fact]
    public async Task The_metric_says_who_leads()
    {
        using var leader = Contender("a");
        leader.Start();
        using var standby = Contender("b", leader);
        standby.Start();

        (await leader.MetricsAsync()).Should().Contain("leader_election_master_status{name=\"test-operator\"} 1");
        (await standby.MetricsAsync()).Should().Contain("leader_election_master_status{name=\"test-operator\"} 0");
    }

    /// <summary>The process is paused: no timer of it fires, so only the look at the clock before sending is left.</summary>
    [Fact]
    public void A_leader_that_was_paused_past_its_lease_writes_nothing_when_it_resumes()
    {
        var time = default(PausableTime);
        using var paused = Contender("a", time: inner => time = new PausableTime(inner));
        var gate = new TaskCompletionSource();
        Exception? refused = null;
        paused.Controller.OnReconcile = async (widget, token) =>
        {
            await gate.Task;
            refused = await Assert.ThrowsAsync<LeadershipLostException>(() => paused.Get<IKubernetesApi>().MergePatchAsync<Widget>("default", "w", new JsonObject { ["spec"] = new JsonObject { ["count"] = 666 } }, "test", token));
            return ReconciliationResult<Widget>.Success(widget);
        };
        paused.Server.Put(Widget.Named("w", 1));
        paused.Start();
        using var other = Contender("b", paused);
        other.Start();
        time!.Pause();
        paused.Advance(20);
        other.Get<Leadership>().Holds.Should().BeTrue();
        paused.Get<Leadership>().Lost.IsCancellationRequested.Should().BeFalse("no timer has fired");

        gate.SetResult();
        paused.Settle();
        time.Resume();
        paused.Settle();
        paused.Advance(5);

        refused.Should().NotBeNull();
        refused!.Message.Should().Contain("PATCH /apis/test.dev/v1/namespaces/default/widgets/w was not sent");
        paused.Server.Writes.Should().NotContain(write => write.Contains("widgets", StringComparison.Ordinal));
        paused.Server.Writes.Should().OnlyContain(write => write.Contains("/leases", StringComparison.Ordinal));
        paused.Running!.Exception!.InnerException.Should().BeOfType<LeadershipLostException>();
        Holder(paused.Server).Should().StartWith("b_", "the one that lost does not touch the lease of the other");
    }

    [Fact]
    public void A_write_on_its_way_when_the_lease_is_lost_is_cancelled()
    {
        var transport = default(PausableTransport);
        using var world = Contender("a", transport: inner => transport = new PausableTransport(inner) { BeforeArrival = true, Keeps = request => request.Method is not "GET" });
        world.Controller.OnReconcile = async (widget, _) =>
        {
            transport!.Pause();
            await world.Get<IKubernetesApi>().MergePatchAsync<Widget>("default", "w", new JsonObject { ["spec"] = new JsonObject { ["count"] = 666 } }, "test", CancellationToken.None);
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("w", 1));
        world.Start();
        world.Advance(11);

        transport!.Resume();
        world.Settle();

        world.Server.Writes.Should().NotContain(write => write.Contains("widgets", StringComparison.Ordinal));
        world.Logs.Lines.Should().Contain(line => line.Text.Contains("was cancelled, its outcome is unknown: the lease was lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Work_runs_only_while_the_process_leads_and_after_the_caches_are_complete()
    {
        using var leader = Contender("a", add: builder => builder.AddWork<Counting>());
        leader.Server.MissingKinds.Add("widgets");
        leader.Start();
        leader.Get<Counting>().Runs.Should().Be(0, "a cache is not complete");
        leader.Server.MissingKinds.Clear();
        leader.Advance(31);
        using var standby = Contender("b", leader, add: builder => builder.AddWork<Counting>());
        standby.Start();
        leader.Advance(30);
        leader.Get<Counting>().Runs.Should().Be(1);
        standby.Get<Counting>().Runs.Should().Be(0);
        var holder = default(string);
        leader.Get<Counting>().OnEnd = () => holder = Holder(leader.Server);

        leader.Dispose();
        leader.Advance(2.4);

        holder.Should().StartWith("a_", "the lease is released after work has ended");
        standby.Get<Counting>().Runs.Should().Be(1);
    }

    [Fact]
    public void Work_that_fails_or_ends_by_itself_ends_the_operator()
    {
        using var failing = new World(builder => builder.AddController<WidgetController, Widget>().AddWork<Failing>());
        failing.Start();
        using var ending = new World(builder => builder.AddController<WidgetController, Widget>().AddWork<Ending>());
        ending.Start();

        failing.Running!.Exception!.InnerException!.Message.Should().Be("broken work");
        ending.Running!.Exception!.InnerException!.Message.Should().Be("Ending ended although nothing asked it to.");
    }

    private sealed class Counting : IOperatorWork
    {
        public int Runs { get; private set; }

        public Action? OnEnd { get; set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            var end = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(end.SetResult);
            await end.Task;
            await Task.Yield();
            OnEnd?.Invoke();
        }
    }

    private sealed class Failing : IOperatorWork
    {
        public Task RunAsync(CancellationToken cancellationToken) => Task.FromException(new InvalidOperationException("broken work"));
    }

    private sealed class Ending : IOperatorWork
    {
        public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
