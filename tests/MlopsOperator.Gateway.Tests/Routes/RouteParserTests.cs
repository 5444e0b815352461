using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class RouteParserTests
{
    public static TheoryData<string, string> Problems() => new()
    {
        { "sequence", "spec.sequence: found \"-1\"" },
        { "upper", "spec.hosts[0]: found \"Delays.test\"" },
        { "label", "spec.hosts[0]: found \"-a.test\"" },
        { "star", "spec.hosts[0]: found \"a.*.test\"" },
        { "relative", "spec.path: found \"v2\"" },
        { "query", "spec.path: found \"/v2?x\"" },
        { "dots", "spec.path: found \"/a/../b\"" },
        { "none", "spec.backends: found \"0\"; expected one or two backends" },
        { "sum", "spec.backends: found \"weights that sum to 9999\"; expected weights that sum to 10000" },
        { "negative", "spec.backends[1].weight: found \"-1\"" },
        { "port", "spec.backends[0].port: found \"0\"" },
        { "roles", "spec.backends[1].role: found \"Stable\"" },
        { "revisions", "spec.backends[1].revision: found \"a\"" },
        { "service", "spec.backends[0].service: found \"\"" },
        { "version", "spec.backends[0].modelVersion" },
        { "header", "spec.sticky.header: found \"x user\"" },
        { "reserved", "spec.sticky.header: found \"X_Mlops-User\"" },
        { "unit", "spec.timeout: found \"30\"" },
        { "sign", "spec.timeout: found \"-1s\"" },
        { "zero", "spec.timeout: found \"0s\"" },
        { "mirror weight", "spec.mirror: found \"no candidate of weight 0 in backends\"" },
        { "mirror none", "spec.mirror.share: found \"0\"" },
        { "mirror twice", "spec.mirror.compare[1].output: found \"score\"" },
        { "mirror tolerance", "spec.mirror.compare[0].absolute: found \"-1\"" },
        { "mirror exact", "spec.mirror.compare[0].relative: found \"0.1\"" },
        { "mirror null", "spec.mirror.compare[0].output: found \"\"" },
        { "long", "spec.timeout: found \"2h\"" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_route_that_cannot_be_used_says_which_field_and_what_was_expected(string change, string expected)
    {
        var spec = Break(Manifests.Spec(candidateWeight: 1_000), change);

        RouteParser.Parse(Manifests.Route("delays", spec), out var problems).Should().BeNull();

        problems.Should().ContainSingle(problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var spec = Manifests.Spec() with { Path = "x", Timeout = "soon", Hosts = ["A"] };

        RouteParser.Parse(Manifests.Route("delays", spec), out var problems).Should().BeNull();

        problems.Should().HaveCount(3);
    }

    [Fact]
    public void A_good_route_is_parsed_once()
    {
        var spec = Manifests.Spec(candidateWeight: 1_000) with { Hosts = ["*.delays.test", "delays"], Path = "/v2/", Timeout = "1m30s", Sequence = 7 };

        var plan = RouteParser.Parse(Manifests.Route("delays", spec), out var problems)!;

        problems.Should().BeEmpty();
        plan.Key.Should().Be("models/delays");
        plan.Path.Should().Be("/v2");
        plan.Timeout.Should().Be(TimeSpan.FromSeconds(90));
        plan.Candidate!.Revision.Should().Be("b");
        plan.Stable!.Weight.Should().Be(9_000);
    }

    private static GatewayRouteSpec Break(GatewayRouteSpec spec, string change)
    {
        RouteBackend[] Backends(RouteBackend first, RouteBackend second) => [first, second];
        var (stable, candidate) = (spec.Backends[0], spec.Backends[1]);

        GatewayRouteSpec WithRules(params CompareRule[] rules) =>
            spec with { Backends = Backends(stable with { Weight = 10_000 }, candidate with { Weight = 0 }), Mirror = Mirror(10_000, rules) };

        RouteMirror Mirror(int share, params CompareRule[] rules) => new() { Share = share, Compare = rules };

        return change switch
        {
            "sequence" => spec with { Sequence = -1 },
            "upper" => spec with { Hosts = ["Delays.test"] },
            "label" => spec with { Hosts = ["-a.test"] },
            "star" => spec with { Hosts = ["a.*.test"] },
            "relative" => spec with { Path = "v2" },
            "query" => spec with { Path = "/v2?x" },
            "dots" => spec with { Path = "/a/../b" },
            "none" => spec with { Backends = [] },
            "sum" => spec with { Backends = Backends(stable with { Weight = 8_999 }, candidate) },
            "negative" => spec with { Backends = Backends(stable with { Weight = 10_000 }, candidate with { Weight = -1 }) },
            "port" => spec with { Backends = Backends(stable with { Port = 0 }, candidate) },
            "roles" => spec with { Backends = Backends(stable, candidate with { Role = BackendRole.Stable }) },
            "revisions" => spec with { Backends = Backends(stable, candidate with { Revision = "a" }) },
            "service" => spec with { Backends = Backends(stable with { Service = "" }, candidate) },
            "version" => spec with { Backends = Backends(stable with { ModelVersion = "v1\r\nset-cookie: x" }, candidate) },
            "header" => spec with { Sticky = new StickySpec { Header = "x user" } },
            "reserved" => spec with { Sticky = new StickySpec { Header = "X_Mlops-User" } },
            "unit" => spec with { Timeout = "30" },
            "sign" => spec with { Timeout = "-1s" },
            "zero" => spec with { Timeout = "0s" },
            "mirror weight" => spec with { Mirror = Mirror(1) },
            "mirror none" => spec with { Backends = Backends(stable with { Weight = 10_000 }, candidate with { Weight = 0 }), Mirror = Mirror(0) },
            "mirror twice" => WithRules(new CompareRule { Output = "score" }, new CompareRule { Output = "score" }),
            "mirror tolerance" => WithRules(new CompareRule { Output = "score", Absolute = -1 }),
            "mirror exact" => WithRules(new CompareRule { Output = "score", Mode = CompareMode.Exact, Relative = 0.1 }),
            "mirror null" => WithRules((CompareRule)null!),
            _ => spec with { Timeout = "2h" },
        };
    }
}
