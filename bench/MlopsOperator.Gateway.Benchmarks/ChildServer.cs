using System.Diagnostics;
using System.Globalization;

namespace MlopsOperator.Gateway.Benchmarks;

/// <summary>A server of the comparison as a child process.</summary>
internal sealed class ChildServer : IDisposable
{
    private readonly Process process;

    private ChildServer(Process process) => this.process = process;

    /// <summary>Port on the loopback.</summary>
    public int Port { get; private set; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Largest resident set so far, in MiB.</summary>
    public double PeakMebibytes => process.PeakWorkingSet64 / 1048576.0;

    /// <summary>Starts this program in another role.</summary>
    public static async Task<ChildServer> StartAsync(params string[] role)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, role) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var child = new ChildServer(Process.Start(start)!);
        while (await child.process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("port ", StringComparison.Ordinal))
            {
                child.Port = int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture);
                return child;
            }
        }

        throw new InvalidOperationException($"{role[0]} did not start.");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5_000);
        process.Dispose();
    }
}
