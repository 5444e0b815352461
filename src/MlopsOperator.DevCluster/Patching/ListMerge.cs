using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>
/// Merges lists element by element: what only the live list has keeps its place, what both have follows the applied order, what is new comes
/// where the applied list has it, after the live elements before it.
/// </summary>
internal static class ListMerge
{
    public static JsonArray Merge(JsonArray live, JsonArray applied, Schema schema)
    {
        var mine = PathElements.Of(live, schema, "");
        var theirs = PathElements.Of(applied, schema, "");
        var liveItems = Index(live, mine);
        var appliedItems = Index(applied, theirs);
        var shared = new Queue<string>(theirs.Where(liveItems.ContainsKey));
        var merged = new HashSet<string>(StringComparer.Ordinal);
        var result = new JsonArray();
        int l = 0, r = 0;
        while (l < mine.Count || r < theirs.Count)
        {
            if (l < mine.Count && r < theirs.Count)
            {
                if (string.Equals(mine[l], theirs[r], StringComparison.Ordinal))
                {
                    TakeApplied(theirs[r++]);
                    l++;
                    continue;
                }

                if (appliedItems.ContainsKey(mine[l]) && shared.TryPeek(out var next) && !string.Equals(next, mine[l], StringComparison.Ordinal))
                {
                    l++;
                    continue;
                }
            }

            if (l < mine.Count)
            {
                if (!appliedItems.ContainsKey(mine[l]))
                {
                    result.Add(live[l++]?.DeepClone());
                    continue;
                }

                if (merged.Contains(mine[l]))
                {
                    l++;
                }
            }

            if (r < theirs.Count)
            {
                TakeApplied(theirs[r++]);
            }
        }

        return result;

        void TakeApplied(string element)
        {
            merged.Add(element);
            var change = appliedItems[element];
            result.Add(liveItems.TryGetValue(element, out var present) ? TypedValues.Merge(present, change, schema.Items ?? Schema.Anything) : change?.DeepClone());
            if (shared.TryPeek(out var next) && string.Equals(next, element, StringComparison.Ordinal))
            {
                shared.Dequeue();
            }
        }
    }

    private static Dictionary<string, JsonNode?> Index(JsonArray list, List<string> elements)
    {
        var index = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            index.TryAdd(elements[i], list[i]);
        }

        return index;
    }
}
