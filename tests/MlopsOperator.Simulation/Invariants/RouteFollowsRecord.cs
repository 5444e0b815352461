using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I6 and I14. A record counts although it was deleted since: what is asked is whether it was stored before the route. A route may be behind the records,
/// as after a crash between the two writes; it says what a record of its sequence asked for.
/// </summary>
internal sealed class RouteFollowsRecord : IInvariant
{
    private readonly Dictionary<string, double> _highest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _asked = new(StringComparer.Ordinal);

    public string Id => "I14";

    public string Text => "A route is a function of a stored record, which is written first";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Leaves(StoreModel.Rollouts) && write.After.NumberAt("status", "sequence") is { } recorded)
        {
            Remember(write, recorded);
            return null;
        }

        if (!write.IsOurs(StoreModel.Routes))
        {
            return null;
        }

        var sequence = write.After.NumberAt("spec", "sequence") ?? 0;
        var owner = write.After.OwnerUid() ?? "";
        if (sequence > _highest.GetValueOrDefault(owner))
        {
            return FormattableString.Invariant($"the route is at {sequence}, no record is beyond {_highest.GetValueOrDefault(owner)}");
        }

        var found = string.Join(' ', write.After.ItemsAt("spec", "backends")
            .Select(backend => (Revision: backend.TextAt("revision"), Weight: backend.NumberAt("weight") ?? 0))
            .Where(backend => backend.Weight > 0)
            .OrderBy(backend => backend.Revision, StringComparer.Ordinal)
            .Select(backend => FormattableString.Invariant($"{backend.Revision}={backend.Weight}")));
        if (!_asked.TryGetValue(Key(owner, sequence), out var asked))
        {
            return FormattableString.Invariant($"the route is at {sequence}, a number that no record ever had");
        }

        // A record without weights asks for nothing that could be compared.
        return asked.Count == 0 || asked.Values.Contains(found, StringComparer.Ordinal) ? null : FormattableString.Invariant($"at {sequence} the route gives {found}; records of it ask for {string.Join(" or ", asked.Values)}");
    }

    private static string Key(string owner, double sequence) => FormattableString.Invariant($"{owner}/{sequence}");

    private void Remember(ClusterWrite write, double sequence)
    {
        var rollout = write.After!;
        var owner = rollout.OwnerUid() ?? "";
        _highest[owner] = Math.Max(_highest.GetValueOrDefault(owner), sequence);
        if (!_asked.TryGetValue(Key(owner, sequence), out var asked))
        {
            _asked[Key(owner, sequence)] = asked = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        if (rollout.At("status", "weights") is not { } weights)
        {
            return;
        }

        var to = rollout.TextAt("spec", "to", "revision") ?? "";
        var from = rollout.TextAt("spec", "from", "revision");
        var onlyTo = from is null || rollout.Phase() is "Retiring" or "Succeeded";
        SortedDictionary<string, double> shares = new(StringComparer.Ordinal) { [to] = onlyTo ? 10_000 : weights.NumberAt("candidate") ?? 0 };
        if (!onlyTo)
        {
            shares[from!] = shares.GetValueOrDefault(from!) + (weights.NumberAt("stable") ?? 0);
        }

        asked[write.Name] = string.Join(' ', shares.Where(share => share.Value > 0).Select(share => FormattableString.Invariant($"{share.Key}={share.Value}")));
    }
}
