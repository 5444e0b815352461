using System.Runtime.InteropServices;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>What is known when the forwarder is done with a request.</summary>
/// <param name="Error">The forwarder's return value; its error feature keeps the first attempt's.</param>
/// <param name="Status">Status of the answer.</param>
/// <param name="Started">Whether the answer had begun.</param>
/// <param name="Suppressed">Whether the revision's answer is no answer to a request, such as a 101 that nobody asked for.</param>
/// <param name="DeadlinePassed">Whether the route's timeout is over.</param>
/// <param name="ClientGone">Whether the client went away.</param>
/// <param name="ClientStalled">Whether the client's body was still being waited for.</param>
/// <param name="ClientReadsLate">Whether the client was still being waited for to take the answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ForwardFacts(
    ForwarderError Error,
    int Status,
    bool Started,
    bool Suppressed = false,
    bool DeadlinePassed = false,
    bool ClientGone = false,
    bool ClientStalled = false,
    bool ClientReadsLate = false);
