using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>Routes and slices as the operator and the cluster would write them.</summary>
internal static class Manifests
{
    public const string Namespace = "models";

    public static readonly DateTime Born = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static GatewayRoute Route(string name, GatewayRouteSpec spec, DateTime? created = null, string? uid = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Namespace, Uid = uid ?? "uid-" + name, CreationTimestamp = created ?? Born },
        Spec = spec,
    };

    /// <summary>A route of one host whose revisions are called <c>a</c> (stable) and <c>b</c> (candidate).</summary>
    public static GatewayRouteSpec Spec(string host = "delays.test", int? candidateWeight = null, int portA = 8080, int portB = 8080, long sequence = 1) => new()
    {
        Sequence = sequence,
        Hosts = [host],
        Backends = candidateWeight is { } weight
            ? [Backend(BackendRole.Stable, "a", 10_000 - weight, portA), Backend(BackendRole.Candidate, "b", weight, portB)]
            : [Backend(BackendRole.Stable, "a", 10_000, portA)],
        Sticky = new StickySpec { Header = "X-User" },
        Salt = "salt",
        Timeout = "10s",
        ExposeVersion = true,
    };

    public static RouteBackend Backend(BackendRole role, string revision, int weight, int port = 8080) =>
        new() { Role = role, Revision = revision, ModelVersion = "model-" + revision, Service = "delays-" + revision, Port = port, Weight = weight };

    public static V1EndpointSlice Slice(string service, params string[] addresses) =>
        Slice(service, [.. addresses.Select(address => Endpoint(address, ready: true))]);

    public static V1EndpointSlice Slice(string service, params V1Endpoint[] endpoints) => new()
    {
        AddressType = "IPv4",
        Metadata = new V1ObjectMeta
        {
            Name = service + "-x",
            NamespaceProperty = Namespace,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["kubernetes.io/service-name"] = service, [WellKnown.RevisionLabel] = service },
        },
        Endpoints = endpoints,
    };

    public static V1Endpoint Endpoint(string address, bool? ready, bool serving = true, bool terminating = false) => new()
    {
        Addresses = [address],
        Conditions = new V1EndpointConditions { Ready = ready, Serving = serving, Terminating = terminating },
    };
}
