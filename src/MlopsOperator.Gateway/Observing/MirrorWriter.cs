using System.Text;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Comparing;
using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Writes the series of mirroring and comparing; nothing where no revision was ever mirrored to.</summary>
internal static class MirrorWriter
{
    /// <summary>0, and of both signs 1, 4, 16, 63 and 250 ms, 1, 4, 16 and 64 s, nearly.</summary>
    private static readonly int[] CoarseDifferences = [.. Enumerable.Range(0, DifferenceCells.Edges.Count).Where(edge => edge == Middle || (Math.Abs(edge - Middle) - 1) % 2 == 0)];

    private static readonly int[] AllDifferences = [.. Enumerable.Range(0, DifferenceCells.Edges.Count)];
    private static readonly byte[] RequestsName = Encoding.UTF8.GetBytes(TelemetryNames.MirrorRequests);
    private static readonly byte[] DroppedName = Encoding.UTF8.GetBytes(TelemetryNames.MirrorDropped);
    private static readonly byte[] InFlightName = Encoding.UTF8.GetBytes(TelemetryNames.MirrorInFlight);
    private static readonly byte[] PairsName = Encoding.UTF8.GetBytes(TelemetryNames.ComparePairs);
    private static readonly byte[] SkippedName = Encoding.UTF8.GetBytes(TelemetryNames.CompareSkipped);
    private static readonly byte[] DisagreementsName = Encoding.UTF8.GetBytes(TelemetryNames.CompareDisagreements);
    private static readonly HistogramWriter Durations = new(TelemetryNames.MirrorDuration);
    private static readonly HistogramWriter Differences = new(TelemetryNames.CompareLatencyDifference);
    private static readonly byte[][] Drops = Encode(TelemetryNames.ReasonLabel, MirrorReasons.Drops);
    private static readonly byte[][] Skips = Encode(TelemetryNames.ReasonLabel, MirrorReasons.Skips);
    private static readonly byte[][] Results = Encode(TelemetryNames.ResultLabel, MirrorReasons.Results);

    private static int Middle => DifferenceCells.Edges.Count / 2;

    /// <summary>Writes them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="revisions">Revisions, mirrored to or not.</param>
    /// <param name="codes">Encoded labels of outcomes.</param>
    /// <param name="edges">Indices of the edges of durations to write.</param>
    public static void Write(ExpositionWriter writer, IReadOnlyList<RevisionCells> revisions, byte[][] codes, int[] edges)
    {
        var mirrored = revisions.Where(cells => cells.Mirror is not null).Select(cells => (cells.Labels, cells.Mirror!)).ToList();
        if (mirrored.Count > 0)
        {
            WriteCopies(writer, mirrored, codes, edges);
            WritePairs(writer, mirrored, edges.Length > CoarseDifferences.Length ? AllDifferences : CoarseDifferences);
        }
    }

    private static void WriteCopies(ExpositionWriter writer, List<(byte[] Labels, MirrorCells Cells)> mirrored, byte[][] codes, int[] edges)
    {
        writer.Family(TelemetryNames.MirrorRequests, "counter", "Copies that were sent, by status, or by how they ended.");
        foreach (var (labels, cells) in mirrored)
        {
            for (var outcome = 0; outcome < Outcome.Count; outcome++)
            {
                if (cells.Of(outcome) is > 0 and var count)
                {
                    writer.Sample(RequestsName, labels, codes[outcome], count);
                }
            }
        }

        writer.Family(TelemetryNames.MirrorDropped, "counter", "Copies that were not sent, by reason.");
        foreach (var (labels, cells) in mirrored)
        {
            for (var reason = 0; reason < Drops.Length; reason++)
            {
                writer.Sample(DroppedName, labels, Drops[reason], cells.Of((DropReason)reason));
            }
        }

        writer.Family(TelemetryNames.MirrorInFlight, "gauge", "Copies that are being taken, wait or are under way.");
        foreach (var (labels, cells) in mirrored)
        {
            writer.Sample(InFlightName, labels, default, cells.Budget.Copies);
        }

        writer.Family(TelemetryNames.MirrorDuration, "histogram", "Seconds to the last byte of the answer to a copy.");
        Span<long> counts = stackalloc long[DurationCells.BucketCount];
        foreach (var (labels, cells) in mirrored)
        {
            Durations.Write(writer, labels, cells.Durations, counts, edges);
        }
    }

    private static void WritePairs(ExpositionWriter writer, List<(byte[] Labels, MirrorCells Cells)> mirrored, int[] edges)
    {
        writer.Family(TelemetryNames.ComparePairs, "counter", "Pairs of answers by what comparing them gave.");
        foreach (var (labels, cells) in mirrored)
        {
            for (var result = 0; result < Results.Length; result++)
            {
                writer.Sample(PairsName, labels, Results[result], cells.Of((PairResult)result));
            }
        }

        writer.Family(TelemetryNames.CompareSkipped, "counter", "Pairs of answers that were not compared, by reason.");
        foreach (var (labels, cells) in mirrored)
        {
            for (var reason = 0; reason < Skips.Length; reason++)
            {
                writer.Sample(SkippedName, labels, Skips[reason], cells.Of((SkipReason)reason));
            }
        }

        writer.Family(TelemetryNames.CompareDisagreements, "counter", "Pairs of answers in which an output differed.");
        foreach (var (labels, cells) in mirrored)
        {
            foreach (var (output, count) in cells.Disagreements.Copy())
            {
                writer.Sample(DisagreementsName, labels, ExpositionWriter.EncodeLabels((TelemetryNames.OutputLabel, output)), count);
            }
        }

        writer.Family(TelemetryNames.CompareLatencyDifference, "histogram", "Seconds that the candidate took longer than stable, where both answered.");
        foreach (var (labels, cells) in mirrored)
        {
            Differences.Write(writer, labels, cells.LatencyDifferences, edges);
        }
    }

    private static byte[][] Encode(string label, IReadOnlyList<string> values) => [.. values.Select(value => ExpositionWriter.EncodeLabels((label, value)))];
}
