using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class ExposureLeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider time = new();
    private readonly ExposureLease lease;

    public ExposureLeaseTests() => lease = new ExposureLease(time);

    [Fact]
    public void A_gateway_that_starts_exposes_nobody_before_a_scrape_names_the_route() => lease.Holds(5, Length).Should().BeFalse();

    [Fact]
    public void It_lapses_when_no_scrape_comes_and_holds_again_after_one()
    {
        lease.Name(5);
        time.Advance(Length - TimeSpan.FromMilliseconds(1));
        lease.Holds(5, Length).Should().BeTrue();
        time.Advance(TimeSpan.FromMilliseconds(1));
        lease.Holds(5, Length).Should().BeFalse();
        lease.Name(5);
        lease.Holds(5, Length).Should().BeTrue();
    }

    [Fact]
    public void An_older_floor_renews_nothing()
    {
        lease.Name(5);
        time.Advance(Length / 2);
        lease.Name(4);
        time.Advance(Length / 2);
        lease.Holds(5, Length).Should().BeFalse();
    }

    [Fact]
    public void A_newer_floor_ends_the_exposure_of_an_older_sequence_at_once()
    {
        lease.Name(5);
        lease.Name(6);
        lease.Holds(5, Length).Should().BeFalse();
        lease.Holds(6, Length).Should().BeTrue();
    }
}
