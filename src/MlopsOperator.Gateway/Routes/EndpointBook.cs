using System.Globalization;
using System.Net;
using System.Net.Sockets;
using k8s.Models;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Addresses of Services, from EndpointSlices.</summary>
internal sealed class EndpointBook
{
    /// <summary>Label by which a slice names its Service.</summary>
    private const string ServiceLabel = "kubernetes.io/service-name";

    private Dictionary<(string Namespace, string Service), List<V1EndpointSlice>> slices = [];
    private Dictionary<string, RevisionEndpoint> known = new(StringComparer.Ordinal);
    private Dictionary<string, RevisionEndpoint> used = new(StringComparer.Ordinal);

    /// <summary>Begins a new set: endpoints that it does not ask for are forgotten with the set after.</summary>
    public void Begin(IEnumerable<V1EndpointSlice> all)
    {
        (known, used) = (used, new Dictionary<string, RevisionEndpoint>(StringComparer.Ordinal));
        slices = [];
        foreach (var slice in all)
        {
            if (slice.AddressType is "IPv4" or "IPv6" && slice.Metadata?.Labels?.TryGetValue(ServiceLabel, out var service) == true)
            {
                var key = (slice.Metadata.NamespaceProperty ?? "", service);
                if (!slices.TryGetValue(key, out var list))
                {
                    slices[key] = list = [];
                }

                list.Add(slice);
            }
        }
    }

    /// <summary>Endpoints of a Service that take requests: those that are ready; if none is, those that still serve while they terminate.</summary>
    public RevisionEndpoint[] Of(string @namespace, string service, int port)
    {
        if (!slices.TryGetValue((@namespace, service), out var list))
        {
            return [];
        }

        var endpoints = list.SelectMany(slice => slice.Endpoints ?? []).ToList();
        var addresses = Addresses(endpoints.Where(endpoint => endpoint.Conditions?.Ready != false && endpoint.Conditions?.Terminating != true));
        if (addresses.Count == 0)
        {
            addresses = Addresses(endpoints.Where(endpoint => endpoint.Conditions is { Serving: true, Terminating: true }));
        }

        return [.. addresses.Take(Limits.EndpointsPerRevision).Select(address => Take(address, port))];
    }

    private static SortedSet<string> Addresses(IEnumerable<V1Endpoint> endpoints)
    {
        var addresses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Addresses is [var first, ..] && IPAddress.TryParse(first, out var ip))
            {
                addresses.Add(ip.AddressFamily == AddressFamily.InterNetworkV6 ? string.Concat("[", ip.ToString(), "]") : ip.ToString());
            }
        }

        return addresses;
    }

    private RevisionEndpoint Take(string host, int port)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        if (!used.TryGetValue(address, out var endpoint))
        {
            endpoint = known.TryGetValue(address, out var earlier) ? earlier : new RevisionEndpoint(address);
            used[address] = endpoint;
        }

        return endpoint;
    }
}
