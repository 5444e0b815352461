using System.Text.Json;
using CsCheck;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Properties;

/// <summary>What holds whatever happens. A failure prints the seed that repeats it.</summary>
public sealed class EnginePropertyTests
{
    private const int Iterations = 300;

    [Fact]
    public void PD_18_Weights_are_whole_sum_to_the_total_and_lead_to_ready_endpoints()
    {
        Sample(release =>
        {
            if (release.Record.Weights is not { } weights)
            {
                return;
            }

            (weights.Stable + weights.Candidate).Should().Be(10_000);
            weights.Stable.Should().BeGreaterThanOrEqualTo(0);
            weights.Candidate.Should().BeGreaterThanOrEqualTo(0);
            var backends = release.Wanted.Route!.Backends;
            backends.Sum(b => b.Weight).Should().Be(10_000);
            if (release.Intent.Replicas > 0)
            {
                LeadsToReadyEndpoints(release, backends);
            }
        });
    }

    [Fact]
    public void Nothing_is_promoted_without_data()
    {
        Sample(release =>
        {
            if (release.Spec.From is null || release.Record.PromotedAt is null)
            {
                return;
            }

            if (release.Spec.Strategy.Recreate is not null)
            {
                // It compares with nothing, and says so.
                release.Record.Reason.Should().BeOneOf(RolloutReasons.Unproved, RolloutReasons.AdoptedIdle);
                return;
            }

            var unmeasured = release.Record.Reason is RolloutReasons.AdoptedIdle or RolloutReasons.Forced;
            (unmeasured || release.Record.Verdicts is { Count: > 0 } verdicts && verdicts.All(v => v.Samples > 0)).Should().BeTrue();
            if (release.Record.Reason is RolloutReasons.Proved)
            {
                release.Record.History.Should().Contain(h => h.Detail.Contains("passed at", StringComparison.Ordinal));
            }
        });
    }

    [Fact]
    public void PD_64_A_request_is_answered_once_and_the_answer_never_changes()
    {
        var answers = new Dictionary<string, RecordedRequest>(StringComparer.Ordinal);
        Release? current = null;
        Sample(release =>
        {
            if (!ReferenceEquals(current, release))
            {
                current = release;
                answers.Clear();
            }

            var recorded = release.Record.Requests ?? [];
            recorded.Select(r => r.Uid).Should().OnlyHaveUniqueItems();
            recorded.Should().HaveCountLessThanOrEqualTo(32);
            foreach (var answer in recorded)
            {
                answers.TryAdd(answer.Uid, answer);
                answer.Should().Be(answers[answer.Uid]);
            }

            recorded.Should().HaveCountGreaterThanOrEqualTo(answers.Count, "their requests do not show the answers yet");
        });
    }

    [Fact]
    public void No_request_promotes_over_an_approval_or_a_Fail()
    {
        Sample(release =>
        {
            if (release.Record.PromotedAt is null || release.Record.Reason is RolloutReasons.AdoptedIdle || release.Spec.From is null)
            {
                return;
            }

            var strategy = release.Spec.Strategy;
            var needed = strategy.BlueGreen?.Approve is not null ? 1 : strategy.Canary?.Steps?.Count(s => s.Approve is not null) ?? 0;
            release.Record.Requests?.Count(r => r.Action is RequestAction.Approve && r.Phase is RequestPhase.Honoured).Should().BeGreaterThanOrEqualTo(needed);
            (needed == 0 || release.Record.Requests is not null).Should().BeTrue();
        });
    }

    [Fact]
    public void Deciding_again_comes_to_rest_and_then_changes_nothing()
    {
        Sample(release =>
        {
            release.Settle();
            var (record, wanted) = (release.Record, release.Wanted);
            var again = release.Decide();
            again.MustSave.Should().BeFalse();
            RecordComparison.Same(record, again.Record).Should().BeTrue();
            again.Events.Should().BeEmpty();
            release.Wanted.Should().BeEquivalentTo(wanted);
        });
    }

    [Fact]
    public void The_sequence_never_falls_and_rises_with_the_content_of_the_route()
    {
        var last = (Sequence: 0L, Hash: "");
        Release? current = null;
        Sample(release =>
        {
            if (!ReferenceEquals(current, release))
            {
                (current, last) = (release, (0, ""));
            }

            var hash = release.Record.Route?.ContentHash ?? "";
            release.Record.Sequence.Should().BeGreaterThanOrEqualTo(last.Sequence);
            release.NeedlessRises.Should().Be(0);
            if (release.Record.Sequence == last.Sequence)
            {
                // Several decisions lie between two looks: the content may have gone there and back, but never without a number of its own.
                hash.Should().Be(last.Hash);
            }

            last = (release.Record.Sequence, hash);
        });
    }

    [Fact]
    public void Final_phases_never_move()
    {
        RolloutPhase? final = null;
        Release? current = null;
        Sample(release =>
        {
            if (!ReferenceEquals(current, release))
            {
                (current, final) = (release, null);
            }

            if (final is not null)
            {
                release.Record.Phase.Should().Be(final.Value);
            }

            final = release.Record.FinishedAt is null ? null : release.Record.Phase;
        });
    }

    [Fact]
    public void A_revision_is_scaled_down_only_after_its_traffic_was_confirmed_gone()
    {
        Sample(release =>
        {
            var leaving = release.Record.Phase is RolloutPhase.RollingBack && release.Record.Clocks.DrainedSince is null && release.Candidate.Exists;
            if (leaving)
            {
                release.Wanted.CandidateReplicas.Should().Be(release.Candidate.DesiredReplicas);
            }

            if (release.Record is { Phase: RolloutPhase.RollingBack, Clocks.DrainedSince: not null, Route.ExposedAt: not null } && release.Spec.From is not null)
            {
                release.Record.TrafficRemovedAt.Should().NotBeNull();
                release.Record.Weights!.Candidate.Should().Be(0);
            }
        });
    }

    [Fact]
    public void A_restart_at_any_time_decides_the_same_from_what_was_saved()
    {
        Sample(release =>
        {
            var copy = JsonSerializer.Deserialize<ModelRolloutStatus>(Json(release.Record), ApiJson.Options)!;
            Json(copy).Should().Be(Json(release.Record));
            release.Block(900, 3, 900, 3);
            var inputs = release.Inputs();
            var fromMemory = RolloutEngine.Decide(inputs);
            var fromJson = RolloutEngine.Decide(inputs with { Record = copy });
            Json(fromJson.Record).Should().Be(Json(fromMemory.Record), "evidence and verdicts too");
            fromJson.Wanted.Should().BeEquivalentTo(fromMemory.Wanted);
        }, iterations: 100);
    }

    private static string Json(ModelRolloutStatus record) => JsonSerializer.Serialize(record, ApiJson.Options);

    [Fact]
    public void A_rollout_that_a_newer_one_replaces_at_any_time_ends_and_touches_nothing_of_the_newer()
    {
        World.Runs.Sample(
            run =>
            {
                var release = run.Release;
                foreach (var happening in run.Happenings)
                {
                    happening(release);
                    release.Decide();
                }

                var promoted = release.Record.PromotedAt is not null;
                release.IsNewest = false;
                release.GatewaysSettled = true;
                release.RevisionsOfNewer = promoted ? ["b", "c"] : ["a", "c"];
                for (var i = 0; i < 20 && release.Record.FinishedAt is null; i++)
                {
                    release.Gateways = [.. release.Gateways.Select(g => g with { Sequence = release.Record.Sequence, ScrapedAt = release.Now })];
                    var wanted = release.PodsFollow().After(TimeSpan.FromSeconds(40)).Decide().Wanted;
                    wanted.Route.Should().BeNull();
                    (wanted.Shapes || (promoted ? wanted.TouchesCandidate : wanted.TouchesStable)).Should().BeFalse();
                }

                release.Record.FinishedAt.Should().NotBeNull();
                (release.Record.PromotedAt is not null).Should().Be(promoted, "what is stable is not the older rollout's to change");
            },
            iter: Iterations,
            threads: 1);
    }

    [Fact]
    public void Random_runs_reach_every_phase_and_outcome_so_that_the_properties_say_something()
    {
        var phases = new HashSet<RolloutPhase>();
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        RolloutPhase[] wantedPhases = [.. Enum.GetValues<RolloutPhase>().Except([RolloutPhase.Pending, RolloutPhase.Refused])];
        string[] wantedOutcomes =
            [RolloutReasons.Initial, RolloutReasons.Unproved, RolloutReasons.AdoptedIdle, RolloutReasons.Failed, RolloutReasons.TestFailed, RolloutReasons.Aborted, RolloutReasons.Forced];

        // Some come once in hundreds of runs.
        for (var round = 0; round < 20 && !(phases.IsSupersetOf(wantedPhases) && outcomes.IsSupersetOf(wantedOutcomes)); round++)
        {
            Sample(release =>
            {
                phases.Add(release.Record.Phase);
                if (release.Record.FinishedAt is not null)
                {
                    outcomes.Add(release.Record.Reason);
                }
            });
        }

        phases.Should().BeEquivalentTo(wantedPhases);
        outcomes.Should().Contain(wantedOutcomes);
    }

    private static void Sample(Action<Release> holds, long iterations = Iterations) => World.Runs.Sample(
        run =>
        {
            foreach (var happening in run.Happenings)
            {
                happening(run.Release);
                run.Release.Decide();
                holds(run.Release);
            }
        },
        iter: iterations,
        threads: 1,
        print: run => $"{run.Release.Record.Phase} {run.Release.Record.Step.Name} after {run.Happenings.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)} happenings");

    /// <summary>No weight to a revision without ready endpoints while another in the route has some. One that was taken out does not come back.</summary>
    private static void LeadsToReadyEndpoints(Release release, IReadOnlyList<RouteBackend> backends)
    {
        if (backends.Count < 2)
        {
            return;
        }

        var ready = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = release.Stable!.ReadyEndpoints, ["b"] = release.Candidate.ReadyEndpoints };
        if (backends.Any(b => ready[b.Revision] > 0))
        {
            backends.Where(b => b.Weight > 0).Should().OnlyContain(b => ready[b.Revision] > 0);
        }
    }
}
