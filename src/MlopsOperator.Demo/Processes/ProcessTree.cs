using System.Globalization;

namespace MlopsOperator.Demo.Processes;

/// <summary>Reads the machine's processes.</summary>
internal static class ProcessTree
{
    /// <summary>Processes that a process started, and those that they started, nearest first.</summary>
    public static IReadOnlyList<int> Descendants(int ancestor)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToDictionary(id => id, id => Status(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0);
        var all = new List<int>();
        for (var found = new List<int> { ancestor }; found.Count > 0; all.AddRange(found))
        {
            found = [.. parents.Where(entry => found.Contains(entry.Value)).Select(entry => entry.Key)];
        }

        return all;
    }

    /// <summary>Whether a process still does something; one that has ended and was not yet collected by its parent does not.</summary>
    public static bool IsAlive(int id) => Status(id) is [not "Z", ..];

    /// <summary>Program and arguments; empty when the process is gone.</summary>
    public static string CommandLine(int id) => Read(id, "cmdline").Replace('\0', ' ');

    /// <summary>Value of a variable that the process was started with; empty when it has none or is gone.</summary>
    public static string Variable(int id, string name) =>
        Read(id, "environ").Split('\0').FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";

    // State, parent, and more; empty when the process is gone. The name before them may hold spaces and brackets.
    private static string[] Status(int id)
    {
        var text = Read(id, "stat");
        return text.Length == 0 ? [] : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Read(int id, string file)
    {
        try
        {
#pragma warning disable MA0045 // The kernel answers from memory.
            return File.ReadAllText(FormattableString.Invariant($"/proc/{id}/{file}"));
#pragma warning restore MA0045
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
