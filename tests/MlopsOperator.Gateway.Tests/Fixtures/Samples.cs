using System.Globalization;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>Prometheus text as a list of series and values. Reads it strictly, so that a test fails where a scraper would.</summary>
internal sealed class Samples
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    public Samples(string text)
    {
        text.Should().EndWith("\n");
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                types.Add(line.Split(' ')[2]).Should().BeTrue("a family comes once: " + line);
            }
            else if (line[0] != '#')
            {
                var space = line.LastIndexOf(' ');
                values.TryAdd(line[..space], double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture)).Should().BeTrue("a series comes once: " + line);
            }
        }
    }

    public IReadOnlyDictionary<string, double> All => values;

    public double this[string series] => values.GetValueOrDefault(series);

    public double Requests(string revision, string code, string route = "models/delays") =>
        this[$"mlops_requests_total{{route=\"{route}\",revision=\"{revision}\",code=\"{code}\"}}"];

    public double Of(string name, string revision, string route = "models/delays") =>
        this[$"{name}{{route=\"{route}\",revision=\"{revision}\"}}"];

    public double Mirrored(string code) => Labelled("mlops_mirror_requests_total", "code", code);

    public double Dropped(string reason) => Labelled("mlops_mirror_dropped_total", "reason", reason);

    public double Skipped(string reason) => Labelled("mlops_compare_skipped_total", "reason", reason);

    public double Pairs(string result) => Labelled("mlops_compare_pairs_total", "result", result);

    public double AllPairs() => values.Where(pair => pair.Key.StartsWith("mlops_compare_pairs_total{", StringComparison.Ordinal)).Sum(pair => pair.Value);

    public double Disagreements(string output) => Labelled("mlops_compare_disagreements_total", "output", output);

    public double? Sequence(string route = "models/delays") =>
        values.TryGetValue($"mlops_route_sequence{{route=\"{route}\"}}", out var value) ? value : null;

    /// <summary>A series of candidate b with one label more.</summary>
    private double Labelled(string name, string label, string value) => this[$"{name}{{route=\"models/delays\",revision=\"b\",{label}=\"{value}\"}}"];
}
