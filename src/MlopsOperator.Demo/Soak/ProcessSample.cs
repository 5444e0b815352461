using System.Runtime.InteropServices;

namespace MlopsOperator.Demo.Soak;

/// <summary>What a process had at one moment.</summary>
/// <param name="At">Time since the soak began.</param>
/// <param name="Process">Program, address and process id, such as <c>Gateway 127.64.0.3 (4711)</c>.</param>
/// <param name="ResidentMiB">Resident memory.</param>
/// <param name="HeapMiB">Managed heap after the last collection; nothing when the process did not tell.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Timers">Timers that will fire; nothing when the process did not tell.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessSample(TimeSpan At, string Process, double ResidentMiB, double? HeapMiB, int Threads, int Handles, double? Timers);
