using MlopsOperator.Api.Revisions;

namespace MlopsOperator.Operator.Deployments;

/// <summary>A revision that is stored.</summary>
/// <param name="Revision">Its hash.</param>
/// <param name="Content">What it is made of.</param>
internal sealed record RevisionRecord(string Revision, RevisionContent Content);
