using MlopsOperator.Api.Routes;
using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class PromotionCheckTests
{
    [Fact]
    public void Pods_that_were_judged_and_serve_still_are_what_a_promotion_is_for() => PromotionCheck.Pods(Uids("a", "b"), Uids("a", "b", "c")).Should().BeNull();

    [Fact]
    public void A_judged_pod_that_was_replaced_is_told() => PromotionCheck.Pods(Uids("a", "b"), Uids("a", "c")).Should().StartWith("1 of the 2 pods of delays-v2 that were judged");

    [Fact]
    public void A_promotion_without_judged_pods_is_told() => PromotionCheck.Pods(Uids(), Uids("a")).Should().Contain("without any pod");

    [Fact]
    public void A_route_with_all_traffic_to_the_good_version_is_right() => PromotionCheck.Route(Route(("delays-v2", 10_000))).Should().BeNull();

    [Fact]
    public void A_route_that_still_splits_is_told_with_its_shares() =>
        PromotionCheck.Route(Route(("delays-v2", 9_000), ("delays-v3", 1_000))).Should().Be("The route sends 90% to delays-v2, 10% to delays-v3; expected 100% to delays-v2 and no other backend.");

    [Fact]
    public void A_second_backend_is_told_even_without_traffic() => PromotionCheck.Route(Route(("delays-v2", 10_000), ("delays-v3", 0))).Should().Contain("0% to delays-v3");

    [Fact]
    public void A_route_to_another_version_and_no_route_at_all_are_told()
    {
        PromotionCheck.Route(Route(("delays-v1", 10_000))).Should().Contain("100% to delays-v1;");
        PromotionCheck.Route(null).Should().Contain("nothing anywhere");
    }

    private static HashSet<string> Uids(params string[] uids) => new(uids, StringComparer.Ordinal);

    private static GatewayRoute Route(params (string Version, int Weight)[] backends) =>
        new() { Spec = new GatewayRouteSpec { Backends = [.. backends.Select(backend => new RouteBackend { ModelVersion = backend.Version, Weight = backend.Weight })] } };
}
