using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class EndpointPickerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RevisionEndpoint[] endpoints = [new("10.0.0.1:80"), new("10.0.0.2:80"), new("10.0.0.3:80")];

    [Fact]
    public void Of_two_endpoints_the_less_loaded_is_always_taken()
    {
        endpoints[0].Enter();

        Enumerable.Range(0, 100).Select(_ => EndpointPicker.Pick(endpoints[..2], time)).Should().OnlyContain(endpoint => endpoint == endpoints[1]);
    }

    [Fact]
    public void The_most_loaded_of_three_is_never_taken_and_the_others_both_are()
    {
        endpoints[2].Enter();

        var picked = Enumerable.Range(0, 200).Select(_ => EndpointPicker.Pick(endpoints, time)).ToList();

        picked.Should().NotContain(endpoints[2]).And.Contain(endpoints[0]).And.Contain(endpoints[1]);
    }

    [Fact]
    public void A_second_choice_is_another_endpoint_if_there_is_one()
    {
        foreach (var first in endpoints)
        {
            Enumerable.Range(0, 100).Select(_ => EndpointPicker.Pick(endpoints, time, first)).Should().NotContain(first);
        }

        EndpointPicker.Pick(endpoints[..1], time, endpoints[0]).Should().Be(endpoints[0]);
    }

    [Fact]
    public void One_that_refused_a_connection_is_passed_over_for_five_seconds_however_idle_it_is()
    {
        endpoints[0].Refused(time);
        endpoints[1].Enter();

        Enumerable.Range(0, 100).Select(_ => EndpointPicker.Pick(endpoints[..2], time)).Should().OnlyContain(endpoint => endpoint == endpoints[1]);
        time.Advance(TimeSpan.FromSeconds(5));
        Enumerable.Range(0, 100).Select(_ => EndpointPicker.Pick(endpoints[..2], time)).Should().OnlyContain(endpoint => endpoint == endpoints[0]);
    }

    [Fact]
    public void Where_all_refused_connections_the_less_loaded_is_tried()
    {
        Array.ForEach(endpoints, endpoint => endpoint.Refused(time));
        endpoints[0].Enter();

        EndpointPicker.Pick(endpoints[..2], time).Should().Be(endpoints[1]);
        EndpointPicker.Pick(endpoints[..1], time).Should().Be(endpoints[0]);
    }

    [Fact]
    public void Idle_endpoints_share_evenly()
    {
        var counts = Enumerable.Range(0, 3_000).Select(_ => EndpointPicker.Pick(endpoints, time)).CountBy(endpoint => endpoint);

        // 1,000 each, standard deviation 26.
        counts.Should().HaveCount(3).And.OnlyContain(pair => pair.Value > 850 && pair.Value < 1_150);
    }
}
