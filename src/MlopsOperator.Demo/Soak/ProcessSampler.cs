using System.Globalization;
using MlopsOperator.Demo.Processes;

namespace MlopsOperator.Demo.Soak;

/// <summary>Asks the kernel and the programs themselves what each process has.</summary>
internal sealed class ProcessSampler : IDisposable
{
    /// <summary>The process that the embedded API, its controllers, its node and the traffic share.</summary>
    public const string Own = "Demo";

    private const double MiB = 1024 * 1024;

    private static readonly Dictionary<string, int> MetricsPorts = new(StringComparer.Ordinal) { ["Operator"] = 8081, ["Gateway"] = 9090, ["ModelServer"] = 8080 };

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Samples this process and those of all pods.</summary>
    public async Task<IReadOnlyList<ProcessSample>> SampleAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        var samples = new List<ProcessSample>();
        if (Read(at, Environment.ProcessId, Own) is { } own)
        {
            samples.Add(own with { HeapMiB = GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes / MiB, Timers = Timer.ActiveCount });
        }

        foreach (var process in PodProcess.All())
        {
            if (MetricsPorts.TryGetValue(process.Program, out var port)
                && Read(at, process.Id, string.Create(CultureInfo.InvariantCulture, $"{process.Program} {process.Address} ({process.Id})")) is { } sample)
            {
                var metrics = await MetricsAsync(new UriBuilder(Uri.UriSchemeHttp, process.Address, port, "metrics").Uri, cancellationToken);
                samples.Add(sample with { HeapMiB = Value(metrics, "dotnet_heap_after_collection_bytes") / MiB, Timers = Value(metrics, "dotnet_timers") });
            }
        }

        return samples;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Value of a metric that has one series; null when it is not there.</summary>
    internal static double? Value(string metrics, string name)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{');
        return line is null ? null : double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>What the kernel knows of a process; null when it is gone.</summary>
    internal static ProcessSample? Read(TimeSpan at, int id, string name)
    {
        try
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");
#pragma warning disable MA0045 // The kernel answers from memory.
            var status = File.ReadAllLines($"{folder}/status");
#pragma warning restore MA0045
            return new ProcessSample(at, name, Number(status, "VmRSS:") / 1024.0, null, Number(status, "Threads:"), Directory.GetFileSystemEntries($"{folder}/fd").Length, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int Number(string[] status, string field) =>
        int.Parse(status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    // A process that is starting or ending does not tell.
    private async Task<string> MetricsAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetStringAsync(address, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }
}
