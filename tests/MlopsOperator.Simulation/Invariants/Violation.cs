using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>An invariant that a write broke.</summary>
/// <param name="Id">Of the invariant.</param>
/// <param name="Text">What should hold.</param>
/// <param name="Found">What was found instead.</param>
/// <param name="Write">The write, with the object before and after it.</param>
/// <param name="Last">The last writes up to this one, oldest first.</param>
internal sealed record Violation(string Id, string Text, string Found, ClusterWrite Write, IReadOnlyList<string> Last)
{
    public override string ToString() => $"""
        {Id}: {Text}.
        found: {Found}
        write: {Last[^1]}
        body: {System.Text.Encoding.UTF8.GetString(Write.Body.Span)}
        before: {Write.Before?.ToJsonString() ?? "nothing"}
        after: {Write.After?.ToJsonString() ?? "nothing"}
        last writes:
        {string.Join('\n', Last)}
        """;
}
