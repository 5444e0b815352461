using System.Globalization;
using System.IO.Compression;

namespace MlopsOperator.Samples.Training.Flights;

/// <summary>Reads the flights of delays.csv.gz.</summary>
internal static class FlightFile
{
    /// <summary>Reads all flights, in the order of time.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The flights.</returns>
    public static async Task<IReadOnlyList<Flight>> ReadAsync(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = (await reader.ReadLineAsync() ?? throw new InvalidDataException($"{path} is empty.")).Split(',');
        var columns = FlightFeatures.Names.Select(name => Column(header, name)).ToArray();
        var time = Column(header, "time");
        var delay = Column(header, "arrival_delay");
        var flights = new List<Flight>();
        while (await reader.ReadLineAsync() is { } line)
        {
            var cells = line.Split(',');
            var features = columns.Select((column, feature) => feature == FlightFeatures.OriginRegion ? Region(cells[column]) : Number(cells[column])).ToArray();
            flights.Add(new Flight(
                DateTime.ParseExact(cells[time], "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
                features,
                int.Parse(cells[delay], CultureInfo.InvariantCulture)));
        }

        return flights;
    }

    private static int Column(string[] header, string name) =>
        Array.IndexOf(header, name) is var index and >= 0 ? index : throw new InvalidDataException($"There is no column {name}.");

    private static float Region(string name)
    {
        for (var code = 0; code < FlightFeatures.Regions.Count; code++)
        {
            if (string.Equals(FlightFeatures.Regions[code], name, StringComparison.Ordinal))
            {
                return code;
            }
        }

        return float.NaN;
    }

    private static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);
}
