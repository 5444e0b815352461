using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Schemas;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Patching;

/// <summary>Who owns which fields of one object (metadata.managedFields), and how writes change that.</summary>
internal sealed class FieldOwnership
{
    private const string BeforeFirstApply = "before-first-apply";

    private static readonly HashSet<string> SystemPaths = new(StringComparer.Ordinal)
    {
        "f:apiVersion", "f:kind", "f:metadata", "f:metadata/f:name", "f:metadata/f:namespace", "f:metadata/f:creationTimestamp", "f:metadata/f:selfLink",
        "f:metadata/f:uid", "f:metadata/f:generation", "f:metadata/f:managedFields", "f:metadata/f:resourceVersion",
    };

    private readonly Schema schema;
    private readonly List<ManagerEntry> entries;

    private FieldOwnership(Schema schema, List<ManagerEntry> entries)
    {
        this.schema = schema;
        this.entries = entries;
    }

    public bool IsEmpty => entries.Count == 0;

    public static FieldOwnership Of(JsonArray? managedFields, Schema schema)
    {
        var parsed = new List<ManagerEntry>();
        foreach (var entry in managedFields?.OfType<JsonObject>() ?? [])
        {
            parsed.Add(new ManagerEntry(
                entry.Text("manager") ?? "",
                entry.Text("operation") ?? ManagerEntry.Update,
                entry.Text("apiVersion") ?? "",
                entry.Text("subresource"),
                entry.Text("time"),
                FieldSet.Parse(entry["fieldsV1"])));
        }

        return new FieldOwnership(schema, parsed);
    }

    public JsonArray? ToJson()
    {
        if (entries.Count == 0)
        {
            return null;
        }

        var ordered = entries.OrderBy(e => e.Operation, StringComparer.Ordinal).ThenBy(e => e.Time ?? "", StringComparer.Ordinal)
            .ThenBy(e => e.Manager, StringComparer.Ordinal).ThenBy(e => e.ApiVersion, StringComparer.Ordinal).ThenBy(e => e.Subresource ?? "", StringComparer.Ordinal);
        return new JsonArray([.. ordered.Select(e => e.ToJson())]);
    }

    /// <summary>Records a create, update or patch: what it adds and changes is its manager's, what it removes is nobody's.</summary>
    public void Update(JsonObject old, JsonObject now, ManagerEntry writer)
    {
        var changes = Changes(old, now);
        Give(changes, null, force: true);
        var gained = changes.Added.Union(changes.Modified);
        if (gained.IsEmpty)
        {
            return;
        }

        var at = entries.FindIndex(e => e.Is(writer));
        var fields = at < 0 ? gained : entries[at].Fields.Union(gained);
        Set(writer with { Fields = fields });
    }

    /// <summary>Server-side apply: the object as it becomes, or null if it does not change.</summary>
    /// <exception cref="StatusException">Fields of others would change and <paramref name="force"/> is not set.</exception>
    public JsonObject? Apply(JsonObject? live, JsonObject applied, ManagerEntry applier, bool force)
    {
        if (entries.Count == 0 && live is not null)
        {
            Update([], live, applier with { Manager = BeforeFirstApply, Operation = ManagerEntry.Update });
        }

        var last = entries.Find(e => e.Is(applier))?.Fields;
        var merged = (JsonObject)TypedValues.Merge(live ?? [], applied, schema)!;
        Set(applier with { Fields = Owned(TypedValues.Fields(applied, schema)), Time = entries.Find(e => e.Is(applier))?.Time });
        merged = last is null || last.IsEmpty ? merged : Prune(merged, last);
        var changes = Changes(live, merged);
        Give(changes, applier, force);
        if (live is not null && JsonNode.DeepEquals(live, merged))
        {
            return null;
        }

        var at = entries.FindIndex(e => e.Is(applier));
        if (at >= 0)
        {
            entries[at] = entries[at] with { Time = applier.Time };
        }

        return merged;
    }

    /// <summary>Hands one field to a writer of the scale subresource, if anybody owns it.</summary>
    public void Scale(IReadOnlyList<string> path, ManagerEntry writer)
    {
        var field = new FieldSet();
        field.Insert(path);
        if (!entries.Any(e => !e.Fields.Intersect(field).IsEmpty))
        {
            return;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            entries[i] = entries[i] with { Fields = entries[i].Fields.Except(field) };
        }

        var own = entries.Find(e => e.Is(writer));
        Set(writer with { Fields = own is null ? field : own.Fields.Union(field) });
        entries.RemoveAll(e => e.Fields.IsEmpty);
    }

    private static FieldSet Owned(FieldSet fields) => fields.Without(path => SystemPaths.Contains(string.Join('/', path)));

    private FieldChanges Changes(JsonObject? old, JsonObject now) => FieldChanges.Between(old, now, schema);

    /// <summary>Takes what changes from other managers (or, for an applier without force, refuses to), and what is removed from all.</summary>
    private void Give(FieldChanges changes, ManagerEntry? applier, bool force)
    {
        var touched = Owned(changes.Added.Union(changes.Modified));
        var conflicts = new List<(ManagerEntry Entry, FieldSet Fields)>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (applier is not null && entries[i].Is(applier))
            {
                continue;
            }

            var taken = entries[i].Fields.Intersect(touched);
            if (!taken.IsEmpty)
            {
                conflicts.Add((entries[i], taken));
            }

            entries[i] = entries[i] with { Fields = entries[i].Fields.Except(taken).Except(changes.Removed) };
        }

        if (applier is not null && !force && conflicts.Count > 0)
        {
            throw Conflict(conflicts);
        }

        entries.RemoveAll(e => e.Fields.IsEmpty);
    }

    private static StatusException Conflict(List<(ManagerEntry Entry, FieldSet Fields)> conflicts)
    {
        var all = conflicts.OrderBy(c => c.Entry.Manager, StringComparer.Ordinal)
            .SelectMany(c => c.Fields.Paths().Select(path => (Who: c.Entry.Describe(), Path: PathElements.Show(path)))).ToList();
        var text = all.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {all[0].Who}: {all[0].Path}"
            : FormattableString.Invariant($"Apply failed with {all.Count} conflicts: ")
                + string.Join('\n', all.GroupBy(c => c.Who, StringComparer.Ordinal).Select(g => $"conflicts with {g.Key}:\n" + string.Join('\n', g.Select(c => "- " + c.Path))));
        return new StatusException(new ApiStatus(409, "Conflict", text)
        {
            Causes = [.. all.Select(c => new StatusCause("FieldManagerConflict", $"conflict with {c.Who}", c.Path))],
        });
    }

    /// <summary>Removes what the applier owned before and nobody owns now.</summary>
    private JsonObject Prune(JsonObject merged, FieldSet last)
    {
        var pruned = Remove(merged, last);
        var present = Named(TypedValues.Fields(merged, schema));
        var managed = entries.Aggregate(new FieldSet(), (all, entry) => all.Union(entry.Fields));
        pruned = Remove(merged, present.Except(Named(TypedValues.Fields(pruned, schema)).Union(Named(managed))));
        return Remove(merged, present.Except(Named(TypedValues.Fields(pruned, schema))).Intersect(Named(last)));
    }

    private JsonObject Remove(JsonObject from, FieldSet fields) => TypedValues.Remove(from, fields, schema) as JsonObject ?? [];

    private FieldSet Named(FieldSet set) => set.WithNamedParents(schema);

    private void Set(ManagerEntry entry)
    {
        entries.RemoveAll(e => e.Is(entry));
        var owned = Owned(entry.Fields);
        if (!owned.IsEmpty)
        {
            entries.Add(entry with { Fields = owned });
        }
    }
}
