using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I12. Remembered per owner: a route that somebody deleted comes back at no lower sequence.</summary>
internal sealed class RouteSequenceRises : IInvariant
{
    private readonly Dictionary<string, JsonNode> _last = new(StringComparer.Ordinal);

    public string Id => "I12";

    public string Text => "A route's sequence only rises, and rises when its content changes";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs(StoreModel.Routes))
        {
            return null;
        }

        var spec = write.After!["spec"]!;
        var key = write.After.OwnerUid() ?? $"{write.Namespace}/{write.Name}";
        var before = _last.GetValueOrDefault(key);
        _last[key] = spec;
        var (was, now) = (before.NumberAt("sequence") ?? 0, spec.NumberAt("sequence") ?? 0);
        if (now < was)
        {
            return FormattableString.Invariant($"sequence {now} after {was}");
        }

        return before is not null && now.Equals(was) && !JsonNode.DeepEquals(before, spec) ? FormattableString.Invariant($"other content at the same sequence {now}: {before.ToJsonString()}") : null;
    }
}
