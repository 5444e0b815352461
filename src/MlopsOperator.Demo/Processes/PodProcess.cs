using MlopsOperator.Api;

namespace MlopsOperator.Demo.Processes;

/// <summary>A process of a pod on the embedded node.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Program">The program, such as Gateway.</param>
/// <param name="Address">The pod's address.</param>
internal sealed record PodProcess(int Id, string Program, string Address)
{
    private const string Prefix = "MlopsOperator.";
    private const string Suffix = ".dll";

    /// <summary>The processes of pods that this process has started, and that are still there.</summary>
    public static IReadOnlyList<PodProcess> All() => [.. ProcessTree.Descendants(Environment.ProcessId).Where(ProcessTree.IsAlive).Select(Find).OfType<PodProcess>()];

    private static PodProcess? Find(int id)
    {
        // What starts a program bears its name among its own arguments until it becomes it.
        var arguments = ProcessTree.CommandLine(id).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (arguments is not [var host, var path, ..] || Path.GetFileName(host) is not "dotnet" || ProcessTree.Variable(id, WellKnown.BindAddressVariable) is not { Length: > 0 } address)
        {
            return null;
        }

        var file = Path.GetFileName(path);
        return file.StartsWith(Prefix, StringComparison.Ordinal) && file.EndsWith(Suffix, StringComparison.Ordinal)
            ? new PodProcess(id, file[Prefix.Length..^Suffix.Length], address)
            : null;
    }
}
