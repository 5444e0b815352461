using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MlopsOperator.Scale.Programs;

/// <summary>A program of the product as a process of its own, ended with this one. Its output goes to a file.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _output;

    private RunningProgram(Process process, Task output, string log) => (_process, _output, Log) = (process, output, log);

    /// <summary>Path of the file with its output.</summary>
    public string Log { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts the built program of a project, such as Operator.</summary>
    public static RunningProgram Start(string project, string folder, params string[] arguments)
    {
        var metadata = typeof(RunningProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var path = Path.Combine(metadata["RepositoryRoot"]!, "src", $"MlopsOperator.{project}", metadata["ProgramOutput"]!, $"MlopsOperator.{project}.dll");
        var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{project}-{Environment.TickCount64}.log"));
        var process = Process.Start(new ProcessStartInfo("dotnet", [path, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        return new RunningProgram(process, CopyAsync(process, log), log);
    }

    /// <summary>Resident memory now, in MiB.</summary>
    public double ResidentMiB() => Kibibytes("VmRSS:") / 1024;

    /// <summary>The most that was resident since its start, in MiB.</summary>
    public double PeakMiB() => Kibibytes("VmHWM:") / 1024;

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _output;
        _process.Dispose();
    }

    private static async Task CopyAsync(Process process, string log)
    {
        await using var file = new StreamWriter(log) { AutoFlush = true };
        await using var writer = TextWriter.Synchronized(file);
        await Task.WhenAll(LinesAsync(process.StandardOutput, writer), LinesAsync(process.StandardError, writer));
    }

    private static async Task LinesAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }

    private double Kibibytes(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status").First(candidate => candidate.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
