using System.Globalization;
using System.Text;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Writes a family of histograms over the edges of <see cref="LatencyHistogram"/>, or over some of them.</summary>
internal sealed class HistogramWriter(string family)
{
    private static readonly byte[][] DurationEdges = Encode(LatencyHistogram.Edges);
    private static readonly byte[][] DifferenceEdges = Encode(DifferenceCells.Edges);
    private static readonly byte[] Infinite = ExpositionWriter.EncodeLabels(("le", "+Inf"));

    private readonly byte[] bucketName = Encoding.UTF8.GetBytes(family + "_bucket");
    private readonly byte[] sumName = Encoding.UTF8.GetBytes(family + "_sum");
    private readonly byte[] countName = Encoding.UTF8.GetBytes(family + "_count");

    /// <summary>Writes one of durations.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="labels">Encoded labels.</param>
    /// <param name="cells">The counts.</param>
    /// <param name="counts">Room for them.</param>
    /// <param name="edges">Indices of the edges to write.</param>
    public void Write(ExpositionWriter writer, byte[] labels, DurationCells cells, Span<long> counts, int[] edges)
    {
        cells.CopyTo(counts);
        Write(writer, labels, counts, cells.Sum, DurationEdges, edges);
    }

    /// <summary>Writes one of signed durations.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="labels">Encoded labels.</param>
    /// <param name="cells">The counts.</param>
    /// <param name="edges">Indices of the edges to write.</param>
    public void Write(ExpositionWriter writer, byte[] labels, DifferenceCells cells, int[] edges)
    {
        Span<long> counts = stackalloc long[DifferenceCells.Edges.Count + 1];
        cells.CopyTo(counts);
        Write(writer, labels, counts, cells.Sum, DifferenceEdges, edges);
    }

    private void Write(ExpositionWriter writer, byte[] labels, ReadOnlySpan<long> counts, TimeSpan sum, byte[][] edgeLabels, int[] edges)
    {
        var (total, bucket) = (0L, 0);
        foreach (var edge in edges)
        {
            for (; bucket <= edge; bucket++)
            {
                total += counts[bucket];
            }

            writer.Sample(bucketName, labels, edgeLabels[edge], total);
        }

        for (; bucket < counts.Length; bucket++)
        {
            total += counts[bucket];
        }

        writer.Sample(bucketName, labels, Infinite, total);
        writer.Sample(sumName, labels, sum.TotalSeconds);
        writer.Sample(countName, labels, default, total);
    }

    private static byte[][] Encode(IReadOnlyList<double> edges) =>
        [.. edges.Select(edge => ExpositionWriter.EncodeLabels(("le", edge.ToString("R", CultureInfo.InvariantCulture))))];
}
