using System.Buffers;
using System.Globalization;
using System.Text;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;
using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Reads a GatewayRoute, or says everything that is wrong with it.</summary>
internal static class RouteParser
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The plan, or null and what was found where, what was expected.</summary>
    public static RoutePlan? Parse(GatewayRoute route, out IReadOnlyList<string> problems)
    {
        var spec = route.Spec;
        var found = new List<string>();
        var hosts = spec.Hosts ?? [];
        CheckHosts(hosts, found);
        CheckBackends(spec.Backends ?? [], found);
        CheckSticky(spec.Sticky, found);
        if (spec.Mirror is { } mirror)
        {
            MirrorParser.Check(mirror, spec.Backends ?? [], found);
        }

        Require(spec.Sequence >= 0, "spec.sequence", spec.Sequence, "a whole number, 0 or more", found);
        Require(PathPrefix.IsValid(spec.Path ?? ""), "spec.path", spec.Path, "an absolute path without query, escapes and dot segments, such as /v2", found);
        Require((spec.Salt ?? "").Length <= Limits.NameLength, "spec.salt", spec.Salt, "at most 253 characters", found);
        var timed = GoDuration.TryParse(spec.Timeout, out var timeout) && timeout.Value > TimeSpan.Zero && timeout.Value <= Limits.RouteTimeout;
        Require(timed, "spec.timeout", spec.Timeout, "a duration above 0 and at most 1h, such as 30s", found);
        var leased = GoDuration.TryParse(spec.Lease, out var lease) && lease.Value > TimeSpan.Zero && lease.Value <= Limits.RouteTimeout;
        Require(spec.Lease is null || leased, "spec.lease", spec.Lease, "a duration above 0 and at most 1h, such as 60s, or none", found);
        problems = found;
        return found.Count > 0 ? null : new RoutePlan
        {
            Key = $"{route.Metadata.NamespaceProperty}/{route.Metadata.Name}",
            Namespace = route.Metadata.NamespaceProperty ?? "",
            Uid = route.Metadata.Uid ?? "",
            Created = route.Metadata.CreationTimestamp ?? DateTime.MaxValue,
            Sequence = spec.Sequence,
            Hosts = hosts.Count == 0 ? [HostPattern.Any] : [.. hosts.Distinct(StringComparer.Ordinal)],
            Path = PathPrefix.Normalize(spec.Path!),
            Stable = spec.Backends!.FirstOrDefault(backend => backend.Role == BackendRole.Stable),
            Candidate = spec.Backends!.FirstOrDefault(backend => backend.Role == BackendRole.Candidate),
            Mirror = spec.Mirror is null ? null : MirrorParser.Parse(spec.Mirror),
            StickyHeader = spec.Sticky?.Header,
            Salt = Encoding.UTF8.GetBytes(spec.Salt ?? ""),
            Timeout = timeout.Value,
            Lease = spec.Lease is null ? null : lease.Value,
            ExposeVersion = spec.ExposeVersion,
        };
    }

    private static void CheckHosts(IReadOnlyList<string> hosts, List<string> found)
    {
        Require(hosts.Count <= Limits.HostsPerRoute, "spec.hosts", hosts.Count, "at most 64 hosts", found);
        for (var index = 0; index < Math.Min(hosts.Count, Limits.HostsPerRoute); index++)
        {
            Require(HostPattern.IsValid(hosts[index]), At("spec.hosts", index), hosts[index], "a DNS name in lower case, such as delays.example.com or *.example.com", found);
        }
    }

    private static void CheckBackends(IReadOnlyList<RouteBackend> backends, List<string> found)
    {
        Require(backends.Count is 1 or 2, "spec.backends", backends.Count, "one or two backends", found);
        if (backends.Count is not (1 or 2))
        {
            return;
        }

        for (var index = 0; index < backends.Count; index++)
        {
            var (backend, at) = (backends[index], At("spec.backends", index));
            Require(IsText(backend.Revision), at + ".revision", backend.Revision, "a revision's hash", found);
            Require(IsText(backend.Service), at + ".service", backend.Service, "the name of a Service", found);
            Require(backend.ModelVersion is "" || IsText(backend.ModelVersion), at + ".modelVersion", backend.ModelVersion, "the name of a ModelVersion", found);
            Require(backend.Port is > 0 and <= 65_535, at + ".port", backend.Port, "a port, 1 to 65535", found);
            Require(backend.Weight is >= 0 and <= Weights.Total, at + ".weight", backend.Weight, "a weight, 0 to 10000", found);
        }

        var sum = backends.Sum(backend => (long)backend.Weight);
        Require(sum == Weights.Total, "spec.backends", $"weights that sum to {sum.ToString(CultureInfo.InvariantCulture)}", "weights that sum to 10000", found);
        if (backends.Count == 2)
        {
            Require(backends[0].Role != backends[1].Role, "spec.backends[1].role", backends[1].Role, "one backend of each role", found);
            Require(!string.Equals(backends[0].Revision, backends[1].Revision, StringComparison.Ordinal), "spec.backends[1].revision", backends[1].Revision, "two different revisions", found);
        }
    }

    private static void CheckSticky(StickySpec? sticky, List<string> found)
    {
        if (sticky?.Header is not { } header)
        {
            return;
        }

        var usable = header.Length is > 0 and <= 128 && header.AsSpan().IndexOfAnyExcept(TokenCharacters) < 0 && !Requests.ReservedHeaders.IsReserved(header);
        Require(usable, "spec.sticky.header", header, "the name of a request header outside x-mlops-*", found);
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static bool IsText(string? value)
    {
        if (value is null || value.Length is 0 or > Limits.NameLength)
        {
            return false;
        }

        foreach (var character in value)
        {
            if (character is <= ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool holds, string field, object? value, string expected, List<string> found)
    {
        if (!holds)
        {
            found.Add(new Problem(field, Convert.ToString(value, CultureInfo.InvariantCulture), expected).ToString());
        }
    }
}
