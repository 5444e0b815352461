using CsCheck;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Properties;

/// <summary>Random plans, and random things that happen to them.</summary>
internal static class World
{
    /// <summary>Mostly a canary of random weights, waits and rules, from A to B, or a first version; waits are short so that runs get far.</summary>
    internal static Gen<Release> Releases { get; } =
        from first in Gen.Frequency((1, Gen.Const(true)), (6, Gen.Const(false)))
        from replicas in Gen.Int[0, 6]
        from weights in Gen.Int[1, 99].Array[1, 3]
        from notFailed in Gen.Bool
        from required in Gen.Bool
        from minPods in Gen.Int[1, 4]
        from rollBack in Gen.Bool
        from approved in Gen.Frequency((2, Gen.Const(false)), (1, Gen.Const(true)))
        from kind in Gen.Frequency((4, Gen.Const("canary")), (1, Gen.Const("blueGreen")), (1, Gen.Const("recreate")))
        select Make(kind, first, replicas, weights, approved ? new ApprovalSpec() : null, new RolloutStrategySpec
        {
            Capacity = new CapacitySpec { MinPods = minPods },
            Bake = "5s",
            Analysis = new AnalysisSpec
            {
                Interval = "1s",
                Advance = notFailed ? AdvanceMode.NotFailed : AdvanceMode.Proved,
                Unknown = new UnknownPolicy { After = "3m", Then = rollBack ? UnknownAction.RollBack : UnknownAction.Hold },
                Metrics = [new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "5%", Ratio = 1.5 }, Required = required }],
            },
        });

    /// <summary>Somebody asks for something, mostly for what is there now. Declared before what uses it.</summary>
    private static Gen<Action<Release>> Asks { get; } =
        from action in Gen.Frequency(
            (1, Gen.Const(RequestAction.Abort)),
            (2, Gen.Const(RequestAction.Pause)),
            (4, Gen.Const(RequestAction.Resume)),
            (6, Gen.Const(RequestAction.Promote)),
            (6, Gen.Const(RequestAction.Approve)),
            (2, Gen.Const(RequestAction.Retry)))
        from full in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        from force in Gen.Bool
        from step in Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[1, 9]))
        from name in Gen.Frequency((6, Gen.Const("")), (1, Gen.Const("again")))
        from other in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        let promotes = action is RequestAction.Promote
        select (Action<Release>)(r => r.Ask(
            action,
            name: name.Length > 0 ? name : null,
            full: full && promotes,
            force: force && promotes,
            step: step > 0 ? step : null,
            rollout: other ? new RequestedRollout { Name = "delays-0", Uid = "uid-0" } : null));

    /// <summary>Something that happens; the world mostly goes along, so that runs get far.</summary>
    internal static Gen<Action<Release>> Happenings { get; } = Gen.Frequency<Action<Release>>(
        (12, Gen.Int[1, 25].Select(seconds => (Action<Release>)(r => GoAlong(r, seconds)))),
        (12, Gen.Const<Action<Release>>(r => r.PodsFollow())),
        (12, Gen.Const<Action<Release>>(r => r.GatewaysConfirm())),
        (6, Gen.Const<Action<Release>>(r => r.TestsPass())),
        (1, Gen.Const<Action<Release>>(r => r.TestsFail("found NaN"))),
        (12, Gen.Int[1, 40].Select(blocks => (Action<Release>)(r => Traffic(r, blocks, 0)))),
        (1, Gen.Double[0, 1].Select(rate => (Action<Release>)(r => Traffic(r, 3, rate)))),
        (1, Gen.OneOf(double.NaN, double.PositiveInfinity, -1).Select(bad => (Action<Release>)(r => r.Block(bad, 1, bad, bad)))),
        (4, Gen.Int[-30, 200].Select(seconds => (Action<Release>)(r => r.After(TimeSpan.FromSeconds(seconds))))),
        (2, Gen.Int[0, 7].Select(ready => (Action<Release>)(r => r.CandidatePods(ready)))),
        (2, Gen.Int[0, 7].Select(ready => (Action<Release>)(r => { if (r.Stable is not null) { r.StablePods(ready); } }))),
        (1, Gen.Int[0, 8].Select(replicas => (Action<Release>)(r => r.Intent = r.Intent with { Replicas = replicas }))),
        (1, Gen.Bool.Select(paused => (Action<Release>)(r => r.Intent = r.Intent with { Paused = paused }))),
        (1, Gen.Bool.Select(contested => (Action<Release>)(r => r.Intent = r.Intent with { Contested = contested }))),
        (2, Gen.Frequency((2, Gen.Const("b")), (1, Gen.OneOf("a", "c"))).Select(wanted => (Action<Release>)(r => r.Intent = r.Intent with { WantedRevision = wanted }))),
        (1, Gen.OneOf<string[]>(["delays.prod"], ["delays.example.com", "delays.prod"]).Select(hosts => (Action<Release>)(r => r.Intent = r.Intent with { Hosts = hosts }))),
        (1, Gen.Bool.Select(settled => (Action<Release>)(r => r.GatewaysSettled = settled))),
        (3, Asks),
        (1, Gen.Int[0, 1].Select(gateway => (Action<Release>)(r => Leave(r, gateway)))));

    internal static Gen<(Release Release, Action<Release>[] Happenings)> Runs { get; } = Gen.Select(Releases, Happenings.Array[0, 50], (r, h) => (r, h));

    private static Release Make(string kind, bool first, int replicas, int[] weights, ApprovalSpec? approve, RolloutStrategySpec strategy)
    {
        var canary = new CanaryStrategy
        {
            Steps =
            [
                .. weights.Order().Distinct().Select(w => new CanaryStep
                {
                    Weight = w.ToString(System.Globalization.CultureInfo.InvariantCulture) + "%",
                    Wait = "3s",
                    Approve = approve,
                }),
            ],
        };
        var named = kind switch
        {
            "blueGreen" => strategy with { BlueGreen = new BlueGreenStrategy { Approve = approve } },
            "recreate" => strategy with { Recreate = new RecreateStrategy(), Analysis = null, Bake = null },
            _ => strategy with { Canary = canary },
        };
        return first ? Release.First(replicas, named) : Release.FromAToB(replicas, named);
    }

    private static void GoAlong(Release release, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            release.PodsFollow().GatewaysConfirm().Decide();
            if (release.Wanted.RunGoldenTests)
            {
                release.TestsPass();
            }

            release.Traffic();
        }
    }

    private static void Traffic(Release release, int blocks, double errorRate)
    {
        for (var i = 0; i < blocks; i++)
        {
            release.Traffic(candidateErrorRate: errorRate);
        }
    }

    private static void Leave(Release release, int index)
    {
        var gateway = release.Gateways[index];
        release.Gateways[index] = gateway.LeftAt is null
            ? gateway with { Ready = false, LeftAt = release.Now }
            : gateway with { Ready = true, LeftAt = null, Sequence = null, ScrapedAt = null };
    }
}
