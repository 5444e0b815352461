namespace MlopsOperator.DevCluster.Faults;

/// <summary>Which requests a fault is for; null: whichever.</summary>
internal sealed record FaultTarget(string? Verb, string? Resource, string? Subresource, string? Name, string? Manager)
{
    public bool Matches(RequestFacts request) =>
        (Verb is null || request.HasVerb(Verb))
        && (Resource is null || IsResource(request))
        && (Subresource is null || (request.Target is { } target && string.Equals(target.Subresource ?? "", Subresource, StringComparison.Ordinal)))
        && (Name is null || string.Equals(request.Name, Name, StringComparison.Ordinal))
        && (Manager is null || request.IsOf(Manager));

    public override string ToString()
    {
        var parts = new[] { ("verb", Verb), ("resource", Resource), ("subresource", Subresource), ("name", Name), ("manager", Manager) };
        return $"On({string.Join(", ", parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}: \"{part.Item2}\""))})";
    }

    private bool IsResource(RequestFacts request) =>
        request.Target is { Kind: { } kind }
        && (string.Equals(kind.Plural, Resource, StringComparison.Ordinal) || string.Equals(kind.Resource, Resource, StringComparison.Ordinal));
}
