using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>
/// I39, as far as a record shows it. That each wait also ends is what weather and crashes ask for: they heal and must converge. A record that waits for nothing
/// goes on at once, or when an operator runs again.
/// </summary>
internal sealed class WaitsSayWhy : IInvariant
{
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(3);

    private readonly SortedDictionary<string, TimeSpan> _silent = new(StringComparer.Ordinal);

    public string Id => "I39";

    public string Text => "An unfinished rollout says why it waits, for what, and since when; each hold too";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (string.Equals(write.Resource, StoreModel.Rollouts, StringComparison.Ordinal))
        {
            _silent.Remove(write.Name);
        }

        if (!write.IsOurs(StoreModel.Rollouts) || write.After.At("status", "startedAt") is null || write.After.IsFinal())
        {
            return _silent.Where(silent => store.Now - silent.Value > SilentAtMost).Select(silent => $"{silent.Key} has not said what it waits for since {silent.Value}").FirstOrDefault();
        }

        var waits = write.After.TextAt("status", "step", "waitingFor") is { Length: > 0 };
        if (!waits)
        {
            _silent[write.Name] = store.Now;
        }

        if (write.After.TextAt("status", "reason") is not { Length: > 0 } || (waits && write.After.TextAt("status", "message") is not { Length: > 0 }))
        {
            return $"{write.After.Phase()} has reason \"{write.After.TextAt("status", "reason")}\" and message \"{write.After.TextAt("status", "message")}\"";
        }

        // A rollout may be taken back before its first step; what it waits for then says since when.
        if (write.After.TextAt("status", "step", "name") is { Length: > 0 } && write.After.TextAt("status", "step", "startedAt") is null)
        {
            return $"step \"{write.After.TextAt("status", "step", "name")}\" has no beginning";
        }

        return write.After.ItemsAt("status", "holds")
            .Where(hold => hold.TextAt("reason") is not { Length: > 0 } || hold.TextAt("since") is null)
            .Select(hold => $"hold {hold?.ToJsonString()}")
            .FirstOrDefault();
    }
}
