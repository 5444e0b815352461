using System.Runtime.InteropServices;
using MlopsOperator.Gateway.Observing;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>Whose a request's end is, and what the client is told. Judged by the forwarder's error first: a status alone says 200 for a broken answer.</summary>
/// <param name="Outcome">What is counted for the revision; nothing when the request could not even be made.</param>
/// <param name="OwnStatus">Status of our own answer, or 0 when there is nothing left to say.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ForwardVerdict(Outcome? Outcome, int OwnStatus)
{
    /// <summary>The verdict on facts.</summary>
    public static ForwardVerdict Of(ForwardFacts facts) => facts.Error switch
    {
        ForwarderError.None => facts.Suppressed ? Fault(facts, 502) : new ForwardVerdict(Observing.Outcome.Status(facts.Status), 0),
        ForwarderError.RequestTimedOut => TooSlow(facts),
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled => Cancelled(facts),
        ForwarderError.RequestBodyClient => facts.ClientGone ? Gone : Malformed(facts),
        ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient => Gone,
        ForwarderError.RequestCreation => new ForwardVerdict(null, 502),

        // A cancelled request may look like a broken connection: what cancelled it goes first.
        _ => facts.ClientGone || facts.DeadlinePassed ? Cancelled(facts) : Fault(facts, 502),
    };

    private static ForwardVerdict Gone => new(Observing.Outcome.Cancelled, 0);

    private static ForwardVerdict Cancelled(ForwardFacts facts) => facts.ClientGone && !facts.DeadlinePassed ? Gone : TooSlow(facts);

    private static ForwardVerdict TooSlow(ForwardFacts facts) => facts switch
    {
        { ClientReadsLate: true } => Gone,
        { ClientStalled: true } => new ForwardVerdict(Observing.Outcome.Malformed, facts.Started ? 0 : 408),
        _ => Fault(facts, 504),
    };

    private static ForwardVerdict Malformed(ForwardFacts facts) =>
        new(Observing.Outcome.Malformed, facts.Started ? 0 : facts.Status is >= 400 and < 500 ? facts.Status : 400);

    private static ForwardVerdict Fault(ForwardFacts facts, int status) => facts.Started
        ? new ForwardVerdict(Observing.Outcome.Broken, 0)
        : new ForwardVerdict(Observing.Outcome.Status(status), status);
}
