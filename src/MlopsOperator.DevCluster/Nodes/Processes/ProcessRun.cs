using System.Diagnostics;
using System.Text;
using MlopsOperator.DevCluster.Nodes.Logs;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>A container that is a process of this machine.</summary>
internal sealed class ProcessRun : IContainerRun
{
    private readonly ProcessLauncher launcher;
    private readonly ProcessStart start;
    private readonly Process process;
    private readonly Func<int, Task<string?>> terminationMessage;
    private readonly TimeProvider time;
    private readonly int pid;
    private volatile ContainerExit? exit;

    private ProcessRun(ProcessLauncher launcher, ProcessStart start, Process process, Func<int, Task<string?>> terminationMessage, TimeProvider time)
    {
        this.launcher = launcher;
        this.start = start;
        this.process = process;
        this.terminationMessage = terminationMessage;
        this.time = time;
        pid = process.Id;
    }

    public ContainerExit? Exit => exit;

    public bool? IsReady => null;

    public DateTimeOffset? NextChange => null;

    /// <summary>Completes when the process and its output have ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="launcher">Starts it.</param>
    /// <param name="start">What to start.</param>
    /// <param name="log">Takes its output.</param>
    /// <param name="terminationMessage">Reads the termination message for an exit code.</param>
    /// <param name="ended">Told when it has ended.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<ProcessRun> StartAsync(
        ProcessLauncher launcher, ProcessStart start, ContainerLog log, Func<int, Task<string?>> terminationMessage, Action ended, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = await launcher.StartAsync(start, cancellationToken);
        var run = new ProcessRun(launcher, start, started, terminationMessage, time);
        run.Ended = run.FollowAsync(log, ended);
        return run;
    }

    public void Refresh(PodRule rule, DateTimeOffset now)
    {
        // A process changes by itself.
    }

    public void Terminate() => Signal(Signals.ToProcess, Signals.Terminate);

    public void Kill() => Signal(Signals.ToProcessAndGroup, Signals.Kill);

    public async Task<(int ExitCode, string Output)> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        if (command.Count == 0 || Executables.Find(command[0], start.Environment.GetValueOrDefault("PATH", Executables.SystemPath)) is null)
        {
            return (126, $"exec: \"{(command.Count == 0 ? "" : command[0])}\": executable file not found in $PATH");
        }

        try
        {
            using var child = await launcher.StartAsync(start with { Command = command }, cancellationToken);
            var output = new StringBuilder();
            try
            {
                await Task.WhenAll(CollectAsync(child.StandardOutput, output, cancellationToken), CollectAsync(child.StandardError, output, cancellationToken));
                await child.WaitForExitAsync(cancellationToken);
                return (child.ExitCode, output.ToString());
            }
            finally
            {
                if (!child.HasExited)
                {
                    Signals.ToProcess(child.Id, Signals.Kill);
                }

                Signals.ToGroup(child.Id, Signals.Kill);
                launcher.Forget(child.Id);
            }
        }
        catch (ProcessStartException exception)
        {
            return (126, exception.Message);
        }
    }

    private void Signal(Action<int, int> send, int signal)
    {
        // Once it has been waited for, its number may be somebody else's.
        if (exit is null && !process.HasExited)
        {
            send(pid, signal);
        }
    }

    private async Task FollowAsync(ContainerLog log, Action ended)
    {
        var output = Task.WhenAll(
            PumpAsync(process.StandardOutput.BaseStream, "stdout", log),
            PumpAsync(process.StandardError.BaseStream, "stderr", log));
        await process.WaitForExitAsync();
        var code = process.ExitCode;

        // What the first process leaves behind goes with it, as in a container; only then does the output end.
        Signals.ToGroup(pid, Signals.Kill);
        launcher.Forget(pid);
        try
        {
            await output.WaitAsync(Limits.OutputPatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Something that left the group still holds the pipe; the container is over all the same.
        }

        log.Close();
        exit = ContainerExit.Of(code, await terminationMessage(code), time.GetUtcNow());

        // Breaks the pipe for whatever may still hold it.
        process.Dispose();
        ended();
    }

    private static async Task PumpAsync(Stream stream, string name, ContainerLog log)
    {
        var buffer = new byte[16 * 1_024];
        try
        {
            while (await stream.ReadAsync(buffer) is var count and > 0)
            {
                log.Append(name, buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A pipe that breaks is an end as well.
        }
    }

    private static async Task CollectAsync(StreamReader reader, StringBuilder output, CancellationToken cancellationToken)
    {
        var buffer = new char[1_024];
        while (await reader.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            lock (output)
            {
                output.Append(buffer, 0, Math.Min(count, Math.Max(0, Limits.ProbeOutput - output.Length)));
            }
        }
    }
}
