using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.Samples.Training.Learning;

/// <summary>The values of one feature, sorted into bins of about equal size; the missing have the last bin.</summary>
internal sealed class FeatureBins
{
    private const int Wanted = 48;

    /// <summary>Bins one feature.</summary>
    /// <param name="flights">The flights.</param>
    /// <param name="feature">The feature.</param>
    public FeatureBins(IReadOnlyList<Flight> flights, int feature)
    {
        Edges = FindEdges([.. flights.Select(flight => flight.Features[feature]).Where(value => !float.IsNaN(value)).Order()]);
        Bins = [.. flights.Select(flight => BinOf(flight.Features[feature]))];
    }

    /// <summary>Borders between the bins: midpoints of neighbouring values.</summary>
    public float[] Edges { get; }

    /// <summary>Bin of each flight.</summary>
    public byte[] Bins { get; }

    /// <summary>How many bins there are, that of the missing included.</summary>
    public int Count => Edges.Length + 2;

    private static float[] FindEdges(float[] sorted)
    {
        var edges = new List<float>();
        for (var bin = 1; bin < Wanted && sorted.Length > 0; bin++)
        {
            var at = (int)((long)sorted.Length * bin / Wanted);
            if (at == 0 || sorted[at] == sorted[^1])
            {
                continue;
            }

            var low = sorted[at];
            var high = sorted.AsSpan(at).ToArray().First(value => value > low);
            var middle = low + ((high - low) / 2);
            if (edges.Count == 0 || middle > edges[^1])
            {
                edges.Add(middle);
            }
        }

        return [.. edges];
    }

    private byte BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            return (byte)(Edges.Length + 1);
        }

        var bin = 0;
        while (bin < Edges.Length && !(value <= Edges[bin]))
        {
            bin++;
        }

        return (byte)bin;
    }
}
