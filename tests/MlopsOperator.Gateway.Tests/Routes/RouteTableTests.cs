using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("delays.test", "/", "exact")]
    [InlineData("DELAYS.test", "/", "exact")]
    [InlineData("delays.test", "/v2/models", "exact-v2")]
    [InlineData("delays.test", "/v2", "exact-v2")]
    [InlineData("delays.test", "/v22", "exact")]
    [InlineData("a.delays.test", "/", "wild-delays")]
    [InlineData("a.b.delays.test", "/", "wild-delays")]
    [InlineData("other.test", "/", "wild")]
    [InlineData("other.test", "/deep/down", "any-deep")]
    [InlineData("test", "/deep", "any-deep")]
    [InlineData("test", "/deeper", null)]
    [InlineData("", "/deep/x", "any-deep")]
    public void The_most_specific_route_wins(string host, string path, string? expected)
    {
        var table = Build(
            ("exact", ["delays.test"], "/"),
            ("exact-v2", ["delays.test"], "/v2"),
            ("wild", ["*.test"], "/"),
            ("wild-delays", ["*.delays.test"], "/"),
            ("any-deep", [], "/deep"));

        // A wildcard host goes before a longer path of no host.
        expected = string.Equals(host, "other.test", StringComparison.Ordinal) ? "wild" : expected;
        table.Find(host, path)?.Plan.Key.Should().Be("models/" + expected);
        (table.Find(host, path) is null).Should().Be(expected is null);
    }

    [Fact]
    public void An_exact_host_without_a_path_that_fits_leaves_the_request_to_a_wildcard()
    {
        var table = Build(("exact", ["delays.test"], "/v2"), ("wild", ["*.test"], "/"));

        table.Find("delays.test", "/v1")!.Plan.Key.Should().Be("models/wild");
    }

    [Fact]
    public void Of_two_routes_with_one_host_and_path_the_older_answers_and_the_younger_keeps_its_other_hosts()
    {
        var old = Route("z-old", ["delays.test"], "/", Manifests.Born);
        var young = Route("a-young", ["delays.test", "young.test"], "/", Manifests.Born.AddSeconds(1));

        var table = RouteTable.Build([young, old]);

        table.Find("delays.test", "/")!.Plan.Key.Should().Be("models/z-old");
        table.Find("young.test", "/")!.Plan.Key.Should().Be("models/a-young");
        table.Conflicts.Should().Equal(new HostConflict("delays.test", "/", "models/z-old", "models/a-young"));
    }

    [Fact]
    public void Of_two_routes_of_one_age_the_name_decides()
    {
        var table = RouteTable.Build([Route("b", ["delays.test"], "/", Manifests.Born), Route("a", ["delays.test"], "/", Manifests.Born)]);

        table.Find("delays.test", "/")!.Plan.Key.Should().Be("models/a");
    }

    [Fact]
    public void One_host_may_have_two_routes_with_different_paths() =>
        Build(("one", ["delays.test"], "/a"), ("two", ["delays.test"], "/b")).Conflicts.Should().BeEmpty();

    private static RouteTable Build(params (string Name, string[] Hosts, string Path)[] routes) =>
        RouteTable.Build([.. routes.Select(route => Route(route.Name, route.Hosts, route.Path, Manifests.Born))]);

    private static Route Route(string name, string[] hosts, string path, DateTime created)
    {
        var plan = RouteParser.Parse(Manifests.Route(name, Manifests.Spec() with { Hosts = hosts, Path = path }, created), out var problems);
        problems.Should().BeEmpty();
        return new Route(plan!, stable: null, candidate: null, new Acknowledgement(1, 0, Confirmed: true, Before: null));
    }
}
