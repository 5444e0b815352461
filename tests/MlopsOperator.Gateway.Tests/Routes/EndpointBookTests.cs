using k8s.Models;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class EndpointBookTests
{
    [Fact]
    public void Ready_endpoints_take_requests() =>
        Addresses(Manifests.Slice(
            "delays-a",
            Manifests.Endpoint("10.0.0.1", ready: true),
            Manifests.Endpoint("10.0.0.2", ready: false),
            Manifests.Endpoint("10.0.0.3", ready: null),
            Manifests.Endpoint("10.0.0.4", ready: true, terminating: true))).Should().Equal("10.0.0.1:80", "10.0.0.3:80");

    [Fact]
    public void If_none_is_ready_those_that_serve_while_they_terminate_do() =>
        Addresses(Manifests.Slice(
            "delays-a",
            Manifests.Endpoint("10.0.0.1", ready: false, serving: true, terminating: true),
            Manifests.Endpoint("10.0.0.2", ready: false, serving: false, terminating: true),
            Manifests.Endpoint("10.0.0.3", ready: false, serving: true, terminating: false))).Should().Equal("10.0.0.1:80");

    [Fact]
    public void Several_slices_of_a_service_are_one_set_without_doubles() =>
        Addresses(Manifests.Slice("delays-a", "10.0.0.2", "10.0.0.1"), Manifests.Slice("delays-a", "10.0.0.1"), Manifests.Slice("delays-b", "10.0.0.9"))
            .Should().Equal("10.0.0.1:80", "10.0.0.2:80");

    [Fact]
    public void Addresses_of_version_6_stand_in_brackets()
    {
        var slice = Manifests.Slice("delays-a", "fd00::0001");
        slice.AddressType = "IPv6";

        Addresses(slice).Should().Equal("[fd00::1]:80");
    }

    [Fact]
    public void What_is_no_address_is_left_out()
    {
        var named = Manifests.Slice("delays-a", "example.com");
        named.AddressType = "FQDN";

        Addresses(named, Manifests.Slice("delays-a", "not an address", "10.0.0.1")).Should().Equal("10.0.0.1:80");
    }

    [Fact]
    public void Another_namespace_has_other_endpoints()
    {
        var slice = Manifests.Slice("delays-a", "10.0.0.1");
        slice.Metadata.NamespaceProperty = "elsewhere";

        Addresses(slice).Should().BeEmpty();
    }

    [Fact]
    public void An_address_keeps_its_count_of_requests_over_sets()
    {
        var book = new EndpointBook();
        book.Begin([Manifests.Slice("delays-a", "10.0.0.1")]);
        var before = book.Of(Manifests.Namespace, "delays-a", 80).Single();
        before.Enter();

        book.Begin([Manifests.Slice("delays-a", "10.0.0.1", "10.0.0.2")]);

        var after = book.Of(Manifests.Namespace, "delays-a", 80);
        after[0].Should().BeSameAs(before);
        after[0].InFlight.Should().Be(1);
        after[1].InFlight.Should().Be(0);
    }

    private static IEnumerable<string> Addresses(params V1EndpointSlice[] slices)
    {
        var book = new EndpointBook();
        book.Begin(slices);
        return book.Of(Manifests.Namespace, "delays-a", 80).Select(endpoint => endpoint.Address);
    }
}
