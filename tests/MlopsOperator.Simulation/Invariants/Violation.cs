using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>An invariant that a write, or what a gateway did, broke.</summary>
/// <param name="Id">Of the invariant.</param>
/// <param name="Text">What should hold.</param>
/// <param name="Found">What was found instead.</param>
/// <param name="Write">The write, with the object before and after it; null where a gateway broke it.</param>
/// <param name="Last">The last writes up to this one, oldest first.</param>
internal sealed record Violation(string Id, string Text, string Found, ClusterWrite? Write, IReadOnlyList<string> Last)
{
    public override string ToString() => $"""
        {Id}: {Text}.
        found: {Found}
        {(Write is null ? "" : Told(Write, Last))}last writes:
        {string.Join('\n', Last)}
        """;

    private static string Told(ClusterWrite write, IReadOnlyList<string> last) => $"""
        write: {last[^1]}
        body: {System.Text.Encoding.UTF8.GetString(write.Body.Span)}
        before: {write.Before?.ToJsonString() ?? "nothing"}
        after: {write.After?.ToJsonString() ?? "nothing"}

        """;
}
