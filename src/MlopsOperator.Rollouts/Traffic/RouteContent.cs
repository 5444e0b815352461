using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>The route that a record asks for.</summary>
internal static class RouteContent
{
    /// <summary>The route; null while there shall be none.</summary>
    internal static GatewayRouteSpec? Of(Situation situation)
    {
        if (situation.Record.Weights is not { } weights)
        {
            return null;
        }

        var intent = situation.Intent;
        return new GatewayRouteSpec
        {
            Sequence = situation.Record.Sequence,
            Hosts = intent.Hosts,
            Path = intent.Path,
            Backends = [.. Backends(situation, weights)],
            Sticky = intent.Sticky,
            Salt = situation.Record.Salt,
            Timeout = new GoDuration(intent.Timeout).ToString(),
            ExposeVersion = intent.ExposeVersion,
            Lease = ExposureLease.Of(situation, weights),
        };
    }

    /// <summary>Hash of a route without its sequence; the same on every machine.</summary>
    internal static string Hash(GatewayRouteSpec route)
    {
        var text = new StringBuilder();
        Add(text, "hosts", [.. route.Hosts]);
        Add(text, "path", route.Path);
        foreach (var backend in route.Backends)
        {
            Add(
                text,
                "backend",
                backend.Role.ToString(),
                backend.Revision,
                backend.ModelVersion,
                backend.Service,
                backend.Port.ToString(CultureInfo.InvariantCulture),
                backend.Weight.ToString(CultureInfo.InvariantCulture));
        }

        Add(text, "sticky", route.Sticky?.Header ?? "");
        Add(text, "salt", route.Salt);
        Add(text, "timeout", route.Timeout);
        Add(text, "exposeVersion", route.ExposeVersion ? "true" : "false");
        if (route.Lease is { } lease)
        {
            Add(text, "lease", lease);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static IEnumerable<RouteBackend> Backends(Situation situation, RolloutWeights weights)
    {
        var spec = situation.Spec;
        var to = situation.Inputs.Candidate;
        if (spec.From is not { } from || situation.Phase is RolloutPhase.Retiring or RolloutPhase.Succeeded)
        {
            return [Backend(BackendRole.Stable, spec.To, to, Weights.Total)];
        }

        if (situation.Promoted)
        {
            // The old revision stays listed while it is warm: it takes over where the new one has no endpoint.
            return
            [
                Backend(BackendRole.Stable, spec.To, to, weights.Candidate),
                Backend(BackendRole.Candidate, from, situation.Inputs.Stable, weights.Stable),
            ];
        }

        var stable = Backend(BackendRole.Stable, from, situation.Inputs.Stable, weights.Stable);
        return weights.Candidate > 0 ? [stable, Backend(BackendRole.Candidate, spec.To, to, weights.Candidate)] : [stable];
    }

    private static RouteBackend Backend(BackendRole role, RolloutRevision revision, RevisionObservation? observed, int weight) => new()
    {
        Role = role,
        Revision = revision.Revision,
        ModelVersion = revision.ModelVersion,
        Service = observed?.Service ?? "",
        Port = observed?.Port ?? 0,
        Weight = weight,
    };

    /// <summary>Each part with its length, so that no two contents share a text.</summary>
    private static void Add(StringBuilder text, string name, params ReadOnlySpan<string> parts)
    {
        text.Append(name);
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{part.Length}:{part}");
        }

        text.Append('\n');
    }
}
