using System.Globalization;

namespace MlopsOperator.Demo.Soak;

/// <summary>Samples as CSV, a line each, written as they come.</summary>
internal sealed class SampleFile : IAsyncDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>Begins the file anew; without one nothing is written.</summary>
    public SampleFile(FileInfo? file) => _writer = file is null ? StreamWriter.Null : new StreamWriter(file.FullName) { AutoFlush = true };

    /// <summary>Writes the names of the columns.</summary>
    public Task BeginAsync() => _writer.WriteLineAsync("seconds,process,resident_mib,heap_mib,threads,handles,timers");

    /// <summary>Writes a sample.</summary>
    public Task WriteAsync(ProcessSample sample) => _writer.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.At.TotalSeconds:0.0},{sample.Process},{sample.ResidentMiB:0.0},{sample.HeapMiB:0.0},{sample.Threads},{sample.Handles},{sample.Timers:0}"));

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
