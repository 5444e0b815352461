using System.Runtime.InteropServices;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Signals to processes and to their groups.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>To a process alone, as the runtime signals the first process of a container.</summary>
    public static void ToProcess(int pid, int signal) => _ = kill(pid, signal);

    /// <summary>To all of a group. The group is named after its first process, which may be gone already.</summary>
    public static void ToGroup(int group, int signal) => _ = kill(-group, signal);

    /// <summary>To a process that is known to be there, and to its group.</summary>
    public static void ToProcessAndGroup(int pid, int signal)
    {
        // The group is there once setsid has run; until then the process stands for it.
        if (kill(-pid, signal) != 0)
        {
            _ = kill(pid, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SYSLIB1054 // The name of the system call; a source generator would need unsafe code for two numbers.
    private static extern int kill(int pid, int signal);
#pragma warning restore IDE1006, SYSLIB1054
}
