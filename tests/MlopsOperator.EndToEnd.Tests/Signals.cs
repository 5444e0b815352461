using System.Diagnostics;
using System.Globalization;
using MlopsOperator.Demo.Processes;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>Signals to processes that a test started.</summary>
internal static class Signals
{
    /// <param name="signal">Such as STOP.</param>
    /// <param name="processes">Their ids; those that are gone meanwhile are passed over.</param>
    public static async Task SendAsync(string signal, params IEnumerable<int> processes)
    {
        foreach (var id in processes.Where(ProcessTree.IsAlive))
        {
            using var kill = Process.Start("kill", ["-" + signal, id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(CancellationToken.None);
        }
    }
}
