using System.Collections.Immutable;
using MlopsOperator.Api.Values;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>
/// Totals of revisions that served alone, in whole blocks of one interval: the history that says how large clumps of errors get. Pure: each change is a new one.
/// </summary>
/// <param name="interval">Scrape interval; a history at another one is not comparable.</param>
internal sealed class BaselineAccumulator(TimeSpan interval)
{
    private ImmutableList<BaselineEvidence> _revisions = [];

    /// <summary>Scrape interval.</summary>
    public TimeSpan Interval => interval;

    /// <summary>History of a revision; null while there is none.</summary>
    /// <param name="revision">Revision hash.</param>
    public BaselineEvidence? Of(string revision) => _revisions.Find(known => string.Equals(known.Revision, revision, StringComparison.Ordinal));

    /// <summary>
    /// With a round added. Rounds that lack a gateway or span a missed scrape are no whole blocks; rounds without requests, or with requests to several
    /// revisions, say nothing of one that serves alone: they change nothing.
    /// </summary>
    /// <param name="round">The round.</param>
    public BaselineAccumulator Plus(EvidenceRound round)
    {
        if (!round.Complete || round.To - round.From > interval * 1.9)
        {
            return this;
        }

        var serving = round.Arms.Where(arm => arm.Value.Requests > 0).Take(2).ToArray();
        if (serving.Length != 1)
        {
            return this;
        }

        var ((revision, arm), known) = (serving[0], Of(serving[0].Key));
        return With(new()
        {
            Revision = revision,
            Interval = new GoDuration(interval).ToString(),
            Blocks = (known?.Blocks ?? 0) + 1,
            Requests = (known?.Requests ?? 0) + arm.Requests,
            Errors = (known?.Errors ?? 0) + arm.Errors,
            ErrorSquares = (known?.ErrorSquares ?? 0) + (arm.Errors * arm.Errors),
        });
    }

    /// <summary>With a saved history; unchanged when that is at another interval, or shorter than what is known.</summary>
    /// <param name="saved">The saved history.</param>
    public BaselineAccumulator Seeded(BaselineEvidence saved) =>
        string.Equals(saved.Interval, new GoDuration(interval).ToString(), StringComparison.Ordinal) && saved.Revision.Length > 0 && saved.Blocks > (Of(saved.Revision)?.Blocks ?? 0)
            ? With(saved)
            : this;

    // The newest comes last, so that the revision that has not served for the longest time goes first.
    private BaselineAccumulator With(BaselineEvidence evidence)
    {
        var others = _revisions.RemoveAll(known => string.Equals(known.Revision, evidence.Revision, StringComparison.Ordinal));
        return new(interval) { _revisions = (others.Count >= EvidenceLimits.BaselineRevisions ? others.RemoveAt(0) : others).Add(evidence) };
    }
}
