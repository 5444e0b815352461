using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>
/// A set of paths, as managedFields records them: a tree whose edges are path elements ("f:name", "k:{…}", "v:…") and whose nodes say whether the
/// path that ends there belongs to the set.
/// </summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> children = new(StringComparer.Ordinal);

    public bool IsMember { get; private set; }

    public bool IsEmpty => !IsMember && children.Values.All(child => child.IsEmpty);

    public static FieldSet Parse(JsonNode? fields)
    {
        var set = new FieldSet();
        foreach (var (element, child) in fields as JsonObject ?? [])
        {
            if (string.Equals(element, ".", StringComparison.Ordinal))
            {
                set.IsMember = true;
            }
            else
            {
                set.children[element] = ParseChild(child);
            }
        }

        return set;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (element, child) in children.Where(c => !c.Value.IsEmpty))
        {
            var inner = child.ToJson();
            if (child.IsMember && inner.Count > 0)
            {
                inner["."] = new JsonObject();
            }

            json[element] = inner;
        }

        return json;
    }

    /// <summary>What lies below a path element, or null.</summary>
    public FieldSet? Below(string element) => children.GetValueOrDefault(element);

    public void Insert(IEnumerable<string> path)
    {
        var node = this;
        foreach (var element in path)
        {
            if (!node.children.TryGetValue(element, out var child))
            {
                node.children[element] = child = new FieldSet();
            }

            node = child;
        }

        node.IsMember = true;
    }

    public FieldSet Union(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var element in children.Keys.Union(other.children.Keys, StringComparer.Ordinal))
        {
            result.children[element] = (Below(element) ?? new FieldSet()).Union(other.Below(element) ?? new FieldSet());
        }

        return result;
    }

    public FieldSet Except(FieldSet other) => Combine(other, (mine, theirs) => mine && !theirs);

    public FieldSet Intersect(FieldSet other) => Combine(other, (mine, theirs) => mine && theirs);

    /// <summary>The same set without paths that meet a condition.</summary>
    public FieldSet Without(Func<IReadOnlyList<string>, bool> condition)
    {
        var result = new FieldSet();
        foreach (var path in Paths().Where(path => !condition(path)))
        {
            result.Insert(path);
        }

        return result;
    }

    /// <summary>Declared members on the way to a member count as members too.</summary>
    public FieldSet WithNamedParents(Schema? schema)
    {
        var result = new FieldSet { IsMember = IsMember };
        foreach (var (element, child) in children)
        {
            var named = element.StartsWith("f:", StringComparison.Ordinal) && (schema?.Declares(element[2..]) ?? false);
            var inner = child.WithNamedParents(Below(schema, element));
            inner.IsMember |= named && child.children.Count > 0;
            result.children[element] = inner;
        }

        return result;
    }

    public IEnumerable<IReadOnlyList<string>> Paths()
    {
        foreach (var (element, child) in children)
        {
            if (child.IsMember)
            {
                yield return [element];
            }

            foreach (var path in child.Paths())
            {
                yield return [element, .. path];
            }
        }
    }

    public bool SameAs(FieldSet other) => Except(other).IsEmpty && other.Except(this).IsEmpty;

    private static Schema? Below(Schema? schema, string element) =>
        element.StartsWith("f:", StringComparison.Ordinal) ? schema?.Field(element[2..]) : schema?.Items;

    private static FieldSet ParseChild(JsonNode? child)
    {
        var set = Parse(child);
        set.IsMember |= set.children.Count == 0;
        return set;
    }

    private FieldSet Combine(FieldSet other, Func<bool, bool, bool> keep)
    {
        var result = new FieldSet { IsMember = keep(IsMember, other.IsMember) };
        foreach (var (element, child) in children)
        {
            var inner = child.Combine(other.Below(element) ?? new FieldSet(), keep);
            if (!inner.IsEmpty)
            {
                result.children[element] = inner;
            }
        }

        return result;
    }
}
