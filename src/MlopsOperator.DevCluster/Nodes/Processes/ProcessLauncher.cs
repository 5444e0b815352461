using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>
/// Starts the processes of pods so that none outlives the cluster, however that ends. Three nets: each process leads a session and a group of its own
/// (<c>setsid</c>), asks the kernel for SIGKILL when the thread that started it is gone (<c>setpriv --pdeathsig</c>, where there is one), and a shell
/// beside the cluster kills the groups, with what they started, as soon as its pipe from the cluster breaks.
/// </summary>
/// <remarks>
/// The kernel's signal comes with the end of the <em>thread</em> that forked, not of the process: all children are started from one thread that
/// lives as long as the cluster. A thread of the pool may end at any time and would take the pods along.
/// </remarks>
internal sealed class ProcessLauncher : IDisposable
{
    // Keeps the groups that it is told of; when its input ends, kills them and removes the cluster's folder.
    private const string WatchdogScript = """
        trap '' INT TERM HUP
        groups=' '
        while read -r op group; do
          case "$op" in
            +) groups="$groups$group " ;;
            -) groups="${groups%% $group *} ${groups#* $group }" ;;
          esac
        done
        for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
        if [ -n "$1" ]; then rm -rf -- "$1"; fi
        """;

    private readonly BlockingCollection<Action> work = new(boundedCapacity: 1_000);
    private readonly Lock gate = new();
    private readonly string? ownedFolder;
    private readonly string? setsid;
    private readonly string? setpriv;
    private Process? watchdog;
    private bool started;

    /// <param name="ownedFolder">A folder that goes with the cluster, or null.</param>
    public ProcessLauncher(string? ownedFolder)
    {
        this.ownedFolder = ownedFolder;
        setsid = Executables.Find("setsid", Executables.SystemPath);
        setpriv = Executables.Find("setpriv", Executables.SystemPath);
    }

    /// <summary>Starts a program in a session of its own. Its output is redirected, its input is empty.</summary>
    public async Task<Process> StartAsync(ProcessStart start, CancellationToken cancellationToken)
    {
        if (setsid is null)
        {
            throw new ProcessStartException("DevCluster starts pods with setsid and found none; install util-linux");
        }

        var done = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        EnsureThread();
        work.Add(() => Launch(start, done), cancellationToken);
        return await done.Task;
    }

    /// <summary>Says that a process, and its group, are gone.</summary>
    public void Forget(int pid) => Tell('-', pid);

    public void Dispose()
    {
        lock (gate)
        {
            if (watchdog is not null)
            {
                watchdog.StandardInput.Close();
                watchdog.Dispose();
                watchdog = null;
            }
        }

        work.CompleteAdding();
    }

    private void EnsureThread()
    {
        lock (gate)
        {
            if (started)
            {
                return;
            }

            started = true;
            var thread = new Thread(Work) { IsBackground = true, Name = "DevCluster process launcher" };
            thread.Start();
        }
    }

    private void Work()
    {
        StartWatchdog();
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }
    }

    private void Launch(ProcessStart start, TaskCompletionSource<Process> done)
    {
        var info = new ProcessStartInfo(setsid!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.WorkingDirectory,
        };
        if (setpriv is not null)
        {
            info.ArgumentList.Add(setpriv);
            info.ArgumentList.Add("--pdeathsig");
            info.ArgumentList.Add("KILL");
            info.ArgumentList.Add("--");
        }

        foreach (var argument in start.Command)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)!;
            Tell('+', process.Id);
            process.StandardInput.Close();
            done.SetResult(process);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            done.SetException(new ProcessStartException(exception.Message));
        }
    }

    private void StartWatchdog()
    {
        var info = new ProcessStartInfo(setsid!) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in new[] { "/bin/sh", "-c", WatchdogScript, "devcluster-watchdog", ownedFolder ?? "" })
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Clear();
        info.Environment["PATH"] = Executables.SystemPath;
        lock (gate)
        {
            watchdog = Process.Start(info);
        }
    }

    private void Tell(char operation, int group)
    {
        lock (gate)
        {
            try
            {
                watchdog?.StandardInput.WriteLine($"{operation} {group.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
                watchdog?.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended the watchdog; the kernel's signal still holds.
            }
        }
    }
}
