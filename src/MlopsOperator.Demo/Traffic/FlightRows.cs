using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MlopsOperator.Demo.Traffic;

/// <summary>
/// Reads the flights that no model was trained on (from 1 March), shuffled within each month by a fixed permutation: flights that follow each other share
/// a day, and windows of them would look like drift.
/// </summary>
internal static class FlightRows
{
    private const string FirstHeldOutMonth = "2001-03";
    private const int ShuffleSeed = 20010301;

    // The columns of the model's input, in order; the region is a code, see Region.
    private static readonly string[] Features =
    [
        "hour", "weekday", "origin_region", "distance", "inbound_delay", "outbound_delay", "destination_delay", "network_delay", "route_last", "route_week",
        "route_daily", "behind_usual",
    ];

    private static readonly string[] Regions = ["northeast", "midwest", "south", "mountain", "pacific"];

    /// <summary>All held-out rows in the order in which they are sent.</summary>
    public static async Task<IReadOnlyList<FlightRow>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped, Encoding.UTF8);
        var header = (await reader.ReadLineAsync(cancellationToken) ?? throw new InvalidDataException($"{path} is empty.")).Split(',');
        var columns = Features.Select(feature => Column(header, feature, path)).ToArray();
        var (time, origin, destination) = (Column(header, "time", path), Column(header, "origin", path), Column(header, "destination", path));
        var history = Column(header, "route_week", path);
        var months = new SortedDictionary<string, List<FlightRow>>(StringComparer.Ordinal);
        for (var number = 2; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            var cells = line.Split(',');
            if (cells.Length != header.Length || cells[time].Length < FirstHeldOutMonth.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{path}, line {number}: {header.Length} values that begin with a time were expected, {cells.Length} were found."));
            }

            var month = cells[time][..FirstHeldOutMonth.Length];
            if (string.CompareOrdinal(month, FirstHeldOutMonth) < 0)
            {
                continue;
            }

            if (!months.TryGetValue(month, out var rows))
            {
                months[month] = rows = [];
            }

            rows.Add(new FlightRow($"{cells[origin]}-{cells[destination]}", Body(cells, columns), cells[history].Length > 0));
        }

        return [.. months.Values.SelectMany(Shuffled)];
    }

    private static int Column(string[] header, string name, string path)
    {
        var index = Array.IndexOf(header, name);
        return index >= 0 ? index : throw new InvalidDataException($"{path} has no column '{name}'.");
    }

    private static byte[] Body(string[] cells, int[] columns)
    {
        var values = columns.Select((column, feature) => Features[feature] is "origin_region" ? Region(cells[column]) : cells[column].Length == 0 ? "null" : cells[column]);
        return Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"features","shape":[1,{{columns.Length}}],"datatype":"FP32","data":[{{string.Join(',', values)}}]}]}""");
    }

    private static string Region(string name)
    {
        var code = Array.IndexOf(Regions, name);
        return code < 0 ? "null" : code.ToString(CultureInfo.InvariantCulture);
    }

    private static FlightRow[] Shuffled(List<FlightRow> rows)
    {
        var shuffled = rows.ToArray();
        new Random(ShuffleSeed).Shuffle(shuffled);
        return shuffled;
    }
}
