using System.Text.Json.Nodes;
using CsCheck;
using MlopsOperator.DevCluster.Controllers.Deployments;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class ReplicaSharesTests
{
    private static readonly Gen<(int Replicas, int Surge, int Unavailable, int[] Sizes, int[] Unready)> Situations =
        from replicas in Gen.Int[0, 20]
        from surge in Gen.Int[0, 5]
        from unavailable in Gen.Int[0, 5]
        from sizes in Gen.Int[0, 12].Array[1, 4]
        from unready in Gen.Int[0, 12].Array[4]
        select (replicas, surge, surge == 0 && unavailable == 0 ? 1 : unavailable, sizes, unready);

    [Fact]
    public void A_rolling_update_never_goes_beyond_the_surge_by_growing() => Situations.Sample(situation =>
    {
        var (plan, newest, old) = Sets(situation);
        var total = newest.Replicas + old.Sum(set => set.Replicas);
        var next = ReplicaShares.ForNewSet(plan, newest.Replicas, total);

        if (next > newest.Replicas)
        {
            (total + next - newest.Replicas).Should().BeLessThanOrEqualTo(plan.MaxPods);
        }

        next.Should().BeLessThanOrEqualTo(Math.Max(plan.Replicas, newest.Replicas));
    });

    [Fact]
    public void A_rolling_update_never_takes_pods_that_availability_needs() => Situations.Sample(situation =>
    {
        var (plan, newest, old) = Sets(situation);
        var next = ReplicaShares.ForOldSets(plan, newest, old).ToDictionary(item => item.Set.Name, item => item.Replicas);

        next.Values.All(replicas => replicas >= 0).Should().BeTrue();
        next.All(pair => pair.Value < old.Single(set => string.Equals(set.Name, pair.Key, StringComparison.Ordinal)).Replicas).Should().BeTrue("old sets only shrink");
        var before = Math.Min(newest.Available, newest.Replicas) + old.Sum(set => Math.Min(set.Available, set.Replicas));

        // A set loses pods that do not serve first, as the ReplicaSet controller deletes them.
        var after = Math.Min(newest.Available, newest.Replicas) + old.Sum(set => Math.Min(set.Available, next.GetValueOrDefault(set.Name, set.Replicas)));
        after.Should().BeGreaterThanOrEqualTo(Math.Min(before, plan.MinAvailable));
    });

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_shares_out_exactly_what_was_asked_for() => Situations.Sample(situation =>
    {
        var (plan, newest, old) = Sets(situation);
        var sets = old.Append(newest).Where(set => set.Replicas > 0).ToList();
        var total = sets.Sum(set => set.Replicas);
        if (total == 0)
        {
            return;
        }

        var change = plan.MaxPods - total;
        var next = ReplicaShares.Proportional(sets, change).ToDictionary(item => item.Set.Name, item => item.Replicas);

        sets.Sum(set => next.GetValueOrDefault(set.Name, set.Replicas)).Should().Be(plan.MaxPods);
        next.Values.All(replicas => replicas >= 0).Should().BeTrue();
    });

    [Fact]
    public void The_mix_of_versions_stays_when_a_rollout_is_scaled() =>
        ReplicaShares.Proportional([Set("new", 2, 2), Set("old", 8, 8)], 10).Select(item => (item.Set.Name, item.Replicas)).Should().BeEquivalentTo([("old", 16), ("new", 4)]);

    [Fact]
    public void Old_pods_that_do_not_serve_go_first()
    {
        var plan = new DeploymentPlan(4, 1, 0, Recreate: false, Paused: false, null, 10);

        ReplicaShares.ForOldSets(plan, Set("new", 1, 1), [Set("broken", 1, 0), Set("good", 3, 3)]).Select(item => (item.Set.Name, item.Replicas)).Should().Equal(("broken", 0));
    }

    [Fact]
    public void A_hash_depends_on_content_not_on_order_and_never_spells_a_word()
    {
        var one = (JsonObject)JsonNode.Parse("""{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"containers":[{"name":"x","image":"i"}]}}""")!;
        var same = (JsonObject)JsonNode.Parse("""{"spec":{"containers":[{"image":"i","name":"x"}]},"metadata":{"labels":{"b":"2","a":"1"}}}""")!;
        var other = (JsonObject)JsonNode.Parse("""{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"containers":[{"name":"x","image":"j"}]}}""")!;

        TemplateHash.Of(one, 0).Should().Be(TemplateHash.Of(same, 0)).And.MatchRegex("^[bcdfghjklmnpqrstvwxz2456789]{10}$");
        TemplateHash.Of(one, 0).Should().NotBe(TemplateHash.Of(other, 0)).And.NotBe(TemplateHash.Of(one, 1));
        same["metadata"]!["labels"]!["pod-template-hash"] = "x";
        TemplateHash.IsSame(one, same).Should().BeTrue("the hash is no part of what it names");
        TemplateHash.IsSame(one, other).Should().BeFalse();
    }

    private static (DeploymentPlan Plan, OwnedReplicaSet Newest, IReadOnlyList<OwnedReplicaSet> Old) Sets((int Replicas, int Surge, int Unavailable, int[] Sizes, int[] Unready) situation)
    {
        var plan = new DeploymentPlan(situation.Replicas, situation.Surge, Math.Min(situation.Unavailable, situation.Replicas), Recreate: false, Paused: false, null, 10);
        var sets = situation.Sizes.Select((size, i) => Set("s" + (char)('a' + i), size, Math.Max(0, size - situation.Unready[i]))).ToList();
        return (plan, sets[0], sets[1..]);
    }

    private static OwnedReplicaSet Set(string name, int replicas, int available) => new(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["generation"] = 1 },
        ["spec"] = new JsonObject { ["replicas"] = replicas },
        ["status"] = new JsonObject { ["observedGeneration"] = 1, ["replicas"] = replicas, ["availableReplicas"] = available },
    });
}
