namespace MlopsOperator.Demo.Summaries;

/// <summary>What clients got from one version.</summary>
/// <param name="Requests">Answers.</param>
/// <param name="Errors">Answers with a status of 500 or above, and requests without any answer.</param>
internal sealed record VersionSummary(long Requests, long Errors);
