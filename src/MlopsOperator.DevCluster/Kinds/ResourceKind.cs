using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>A kind that is served in one version.</summary>
internal sealed class ResourceKind
{
    private readonly Lazy<Schema> schema;

    public ResourceKind(string group, string version, string plural, string kind, bool namespaced, Func<Schema> schema)
    {
        Group = group;
        Version = version;
        Plural = plural;
        Kind = kind;
        Namespaced = namespaced;
        this.schema = new Lazy<Schema>(schema);
        Storage = group.Length == 0 ? plural : $"{plural}.{group}";
        Resource = Storage;
        Singular = kind.ToLowerInvariant();
        ListKind = kind + "List";
    }

    public string Group { get; }

    public string Version { get; }

    public string Plural { get; }

    public string Kind { get; }

    public bool Namespaced { get; }

    public string Singular { get; init; }

    public string ListKind { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool HasStatus { get; init; }

    /// <summary>Where the scale subresource finds its values, or null.</summary>
    public ScalePaths? Scale { get; init; }

    /// <summary>Further subresources, with the kind and verbs that discovery names.</summary>
    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Whether changes of the spec count generations.</summary>
    public bool CountsGenerations { get; init; }

    /// <summary>Whether a PUT without resourceVersion is refused.</summary>
    public bool NeedsResourceVersion { get; init; }

    /// <summary>Whether it comes from a CustomResourceDefinition.</summary>
    public CustomKind? Custom { get; init; }

    /// <summary>Name of the store; kinds of two groups may share one.</summary>
    public string Storage { get; init; }

    /// <summary>Plural and group, as messages name it.</summary>
    public string Resource { get; }

    /// <summary>Whether nothing in this cluster acts on it.</summary>
    public bool StoredOnly { get; init; }

    /// <summary>Whether it is a question: a create is answered, nothing is stored.</summary>
    public bool IsReview { get; init; }

    public bool AllowsDeleteCollection { get; init; } = true;

    public Schema Schema => schema.Value;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public bool Is(string group, string kind) =>
        string.Equals(Group, group, StringComparison.Ordinal) && string.Equals(Kind, kind, StringComparison.Ordinal);
}
