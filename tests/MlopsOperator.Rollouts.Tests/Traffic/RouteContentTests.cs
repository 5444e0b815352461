using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.Rollouts.Tests.Fixtures;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Tests.Traffic;

public sealed class RouteContentTests
{
    private static readonly GatewayRouteSpec Route = new()
    {
        Sequence = 4,
        Hosts = ["a.example.com", "b.example.com"],
        Backends = [new RouteBackend { Revision = "a", ModelVersion = "delays-a", Service = "delays-a", Port = 8080, Weight = 10_000 }],
        Salt = "salt",
    };

    public static TheoryData<GatewayRouteSpec> Changes =>
    [
        Route with { Hosts = ["a.example.com"] },
        Route with { Hosts = ["a.example.comb.example.com"] },
        Route with { Path = "/v1" },
        Route with { Salt = "other" },
        Route with { Timeout = "31s" },
        Route with { ExposeVersion = true },
        Route with { Sticky = new StickySpec { Header = "x-user" } },
        Route with { Backends = [Route.Backends[0] with { Weight = 9000 }] },
        Route with { Backends = [Route.Backends[0] with { Role = BackendRole.Candidate }] },
        Route with { Backends = [Route.Backends[0] with { Port = 8081 }] },
    ];

    [Fact]
    public void The_sequence_is_no_content() => RouteContent.Hash(Route with { Sequence = 5 }).Should().Be(RouteContent.Hash(Route));

    [Fact]
    public void A_hash_is_the_same_on_every_machine() => RouteContent.Hash(Route).Should().HaveLength(16).And.MatchRegex("^[0-9a-f]+$");

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_other_field_is_content(GatewayRouteSpec changed) => RouteContent.Hash(changed).Should().NotBe(RouteContent.Hash(Route));

    [Fact]
    public void A_route_carries_what_the_deployment_asks_for()
    {
        var release = Release.FromAToB();
        release.Intent = release.Intent with { Path = "/v2", Sticky = new StickySpec { Header = "x-user" }, ExposeVersion = true, Timeout = TimeSpan.FromSeconds(90) };
        release.RunUntilWeight(1000);

        release.Wanted.Route.Should().BeEquivalentTo(new GatewayRouteSpec
        {
            Sequence = 8,
            Hosts = ["delays.prod"],
            Path = "/v2",
            Sticky = new StickySpec { Header = "x-user" },
            Salt = "salt",
            Timeout = "1m30s",
            ExposeVersion = true,
            Backends =
            [
                new RouteBackend { Role = BackendRole.Stable, Revision = "a", ModelVersion = "delays-a", Service = "delays-a", Port = 8080, Weight = 9000 },
                new RouteBackend { Role = BackendRole.Candidate, Revision = "b", ModelVersion = "delays-b", Service = "delays-b", Port = 8080, Weight = 1000 },
            ],
        });
    }

    [Fact]
    public void While_baking_the_old_revision_is_listed_without_weight_as_the_way_back()
    {
        var release = Release.FromAToB().RunUntil(Api.Rollouts.RolloutPhase.Baking);
        release.Wanted.Route!.Backends.Select(b => (b.Role, b.Revision, b.Weight)).Should().Equal(
            (BackendRole.Stable, "b", 10_000), (BackendRole.Candidate, "a", 0));

        release.CandidatePods(0).Settle();
        release.Wanted.Route!.Backends.Select(b => (b.Role, b.Revision, b.Weight)).Should().Equal(
            (BackendRole.Stable, "b", 0), (BackendRole.Candidate, "a", 10_000));
        release.Record.PromotedAt.Should().NotBeNull("lost pods are no failure at once");
    }
}
