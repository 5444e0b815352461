using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Observing;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class ForwardVerdictTests
{
    public static TheoryData<ForwarderError, string, string?, int> Cases() => new()
    {
        { ForwarderError.None, "", "200", 0 },
        { ForwarderError.None, "suppressed", "502", 502 },
        { ForwarderError.Request, "", "502", 502 },
        { ForwarderError.Request, "gone", "cancelled", 0 },
        { ForwarderError.RequestBodyDestination, "", "502", 502 },
        { ForwarderError.RequestBodyDestination, "started", "broken", 0 },
        { ForwarderError.ResponseHeaders, "", "502", 502 },
        { ForwarderError.ResponseBodyDestination, "started", "broken", 0 },
        { ForwarderError.ResponseBodyDestination, "started gone", "cancelled", 0 },
        { ForwarderError.ResponseBodyDestination, "started deadline", "broken", 0 },
        { ForwarderError.RequestBodyDestination, "deadline", "504", 504 },
        { ForwarderError.RequestBodyDestination, "gone", "cancelled", 0 },
        { ForwarderError.RequestTimedOut, "", "504", 504 },
        { ForwarderError.RequestTimedOut, "stalled", "malformed", 408 },
        { ForwarderError.RequestCanceled, "deadline", "504", 504 },
        { ForwarderError.RequestCanceled, "deadline stalled", "malformed", 408 },
        { ForwarderError.RequestCanceled, "gone", "cancelled", 0 },
        { ForwarderError.RequestBodyCanceled, "gone", "cancelled", 0 },
        { ForwarderError.RequestBodyCanceled, "deadline", "504", 504 },
        { ForwarderError.ResponseBodyCanceled, "started gone", "cancelled", 0 },
        { ForwarderError.ResponseBodyCanceled, "started deadline", "broken", 0 },
        { ForwarderError.ResponseBodyCanceled, "started", "broken", 0 },
        { ForwarderError.ResponseBodyCanceled, "started deadline late", "cancelled", 0 },
        { ForwarderError.ResponseBodyCanceled, "started late", "cancelled", 0 },
        { ForwarderError.ResponseBodyDestination, "started deadline late", "cancelled", 0 },
        { ForwarderError.RequestBodyClient, "", "malformed", 400 },
        { ForwarderError.RequestBodyClient, "gone", "cancelled", 0 },
        { ForwarderError.ResponseBodyClient, "started", "cancelled", 0 },
        { ForwarderError.UpgradeRequestClient, "started", "cancelled", 0 },
        { ForwarderError.RequestCreation, "", null, 502 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whose_the_end_is_follows_from_the_forwarders_error(ForwarderError error, string facts, string? code, int ownStatus)
    {
        var verdict = ForwardVerdict.Of(new ForwardFacts(
            error,
            Status: 200,
            Started: facts.Contains("started", StringComparison.Ordinal),
            Suppressed: facts.Contains("suppressed", StringComparison.Ordinal),
            DeadlinePassed: facts.Contains("deadline", StringComparison.Ordinal),
            ClientGone: facts.Contains("gone", StringComparison.Ordinal),
            ClientStalled: facts.Contains("stalled", StringComparison.Ordinal),
            ClientReadsLate: facts.Contains("late", StringComparison.Ordinal)));

        (verdict.Outcome is { } outcome ? Outcome.Name(outcome.Index) : null).Should().Be(code);
        verdict.OwnStatus.Should().Be(ownStatus);
    }

    [Fact]
    public void A_status_that_the_server_gave_a_bad_body_stays() =>
        ForwardVerdict.Of(new ForwardFacts(ForwarderError.RequestBodyClient, Status: 413, Started: false)).OwnStatus.Should().Be(413);
}
