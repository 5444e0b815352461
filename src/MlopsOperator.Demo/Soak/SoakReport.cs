using System.Globalization;

namespace MlopsOperator.Demo.Soak;

/// <summary>What the samples of a soak come to: a table for people, and what is wrong.</summary>
internal sealed class SoakReport
{
    /// <summary>A soak that is shorter is not judged: it is warm-up for the most part.</summary>
    public static readonly TimeSpan ShortestJudged = TimeSpan.FromMinutes(10);

    private readonly List<string> _lines = [];
    private readonly List<string> _problems = [];

    private SoakReport()
    {
    }

    /// <summary>The table.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>A sentence for each thing that is not as it should be.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reports.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="length">Length of the soak.</param>
    public static SoakReport Of(IReadOnlyList<ProcessSample> samples, TimeSpan length)
    {
        var report = new SoakReport();
        report._lines.Add($"{"process",-36} {"figure",-13} {"before",8} {"after",8} {"most",8} {"per hour",9}");
        var looks = samples.Select(sample => sample.At).Distinct().Order().ToList();
        foreach (var process in samples.GroupBy(sample => sample.Process, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (process.Min(sample => sample.At) < length / 3 && process.Max(sample => sample.At) == looks[^1])
            {
                report.Add(process.Key, [.. process], length);
            }
            else if (!IsOfRollout(process.Key))
            {
                report._problems.Add($"{process.Key} did not live through the soak: first seen at {Seconds(process.Min(sample => sample.At))}, last at {Seconds(process.Max(sample => sample.At))}.");
            }
        }

        // Those that a rollout leaves behind would show here.
        var servers = looks.Select(at => (at, (double)samples.Count(sample => sample.At == at && IsOfRollout(sample.Process)))).ToList();
        report.Add("all model servers", new Figure("processes", _ => null, Allowed: 0.5), servers, length);
        return report;
    }

    // Model servers come and go with rollouts.
    private static bool IsOfRollout(string process) => process.StartsWith("ModelServer", StringComparison.Ordinal);

    private static string Seconds(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0} s");

    private void Add(string process, IReadOnlyList<ProcessSample> samples, TimeSpan length)
    {
        foreach (var figure in process is ProcessSampler.Own ? Figure.OfApi : Figure.OfProduct)
        {
            Add(process, figure, [.. samples.Where(sample => figure.Of(sample) is not null).Select(sample => (sample.At, figure.Of(sample)!.Value))], length);
        }
    }

    private void Add(string process, Figure figure, IReadOnlyList<(TimeSpan At, double Value)> samples, TimeSpan length)
    {
        if (Trend.Of(samples, length) is not { } trend)
        {
            _problems.Add($"{process}: {figure.Name} could not be read.");
            return;
        }

        var flat = trend.IsFlat(figure);
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{process,-36} {figure.Name,-13} {trend.Before,8:0.0} {trend.After,8:0.0} {trend.Most,8:0.0} {trend.PerHour,9:0.0}{(flat ? "" : "  not flat")}"));
        if (!flat && length >= ShortestJudged)
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{process}: {figure.Name} is not flat, it grew from {trend.Before:0.0} to {trend.After:0.0} between the second and the last third."));
        }
    }
}
