namespace MlopsOperator.Gateway.Observing;

/// <summary>The latest pairs that disagree of a route.</summary>
/// <param name="Route"><c>namespace/name</c>.</param>
/// <param name="Revisions">Those of each revision that is mirrored to.</param>
internal sealed record SamplesAnswer(string Route, IReadOnlyList<RevisionSamples> Revisions);
