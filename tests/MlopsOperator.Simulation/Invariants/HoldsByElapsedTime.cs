using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I24. The time of the world passes whatever the wall clock says. A wait begins with the acknowledgement of its route, which comes after the route was
/// stored; baking begins with a decision on the record before it. Both moments are known from the store. Where processes take turns, their clocks may differ.
/// </summary>
internal sealed class HoldsByElapsedTime : IInvariant
{
    private readonly Dictionary<string, TimeSpan> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _promoted = new(StringComparer.Ordinal);

    public string Id => "I24";

    public string Text => "Waits and baking end by time that has passed, whatever the wall clock says";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (write.Leaves(StoreModel.Routes))
        {
            _routes.TryAdd(Route(write.After, write.After.NumberAt("spec", "sequence")), store.Now);
            return null;
        }

        if (!write.Leaves(StoreModel.Rollouts) || write.Before is null)
        {
            return null;
        }

        var uid = write.After.TextAt("metadata", "uid") ?? write.Name;
        var known = _written.GetValueOrDefault(uid, store.Now);
        _written[uid] = store.Now;
        if (write.Before.TextAt("status", "promotedAt") is null && write.After.TextAt("status", "promotedAt") is not null)
        {
            _promoted[uid] = known;
        }

        return Wait(write, store) ?? Bake(write, uid, store);
    }

    private string? Wait(ClusterWrite write, StoreModel store)
    {
        var name = write.Before.TextAt("status", "step", "name") ?? "";
        if (!name.StartsWith("wait ", StringComparison.Ordinal)
            || write.After.Phase() is not ("Progressing" or "Promoting" or "Baking")
            || write.After.IsPromotedByPerson()
            || !(write.After.NumberAt("status", "step", "index") > write.Before.NumberAt("status", "step", "index"))
            || !_routes.TryGetValue(Route(write.Before, write.Before.NumberAt("status", "sequence")), out var since))
        {
            return null;
        }

        return Early(name, Duration(name["wait ".Length..]), since, store);
    }

    private string? Bake(ClusterWrite write, string uid, StoreModel store)
    {
        var name = write.Before.TextAt("status", "step", "name") ?? "";
        return write.Before.Phase() is "Baking" && write.After.Phase() is "Retiring" && name.StartsWith("bake ", StringComparison.Ordinal) && _promoted.TryGetValue(uid, out var since)
            ? Early(name, Duration(name["bake ".Length..]), since, store)
            : null;
    }

    private static string? Early(string name, TimeSpan wanted, TimeSpan since, StoreModel store) => store.Now - since + store.ClocksDiffer(since) < wanted
        ? FormattableString.Invariant($"\"{name}\" was over after {(store.Now - since).TotalSeconds:0.0} s at most")
        : null;

    private static string Route(JsonNode? node, double? sequence) => FormattableString.Invariant($"{node.OwnerUid()}/{sequence}");

    /// <summary>Such as <c>1h30m</c> or <c>40s</c>.</summary>
    private static TimeSpan Duration(string text)
    {
        var total = TimeSpan.Zero;
        var number = "";
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsAsciiDigit(text[index]) || text[index] is '.')
            {
                number += text[index];
                continue;
            }

            var isMilli = text[index] is 'm' && index + 1 < text.Length && text[index + 1] is 's';
            var unit = text[index] switch { 'h' => 3600, 's' => 1, 'm' => isMilli ? 0.001 : 60, _ => 0.0 };
            total += TimeSpan.FromSeconds(number.Length == 0 ? 0 : double.Parse(number, CultureInfo.InvariantCulture) * unit);
            number = "";
            index += isMilli ? 1 : 0;
        }

        return total;
    }
}
