using System.Globalization;

namespace MlopsOperator.DevCluster.Nodes.Logs;

/// <summary>One line of a container's log, as its file holds it: time, stream, F (full) or P (goes on in the next), text.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="IsFull">Whether the line ends here.</param>
/// <param name="Text">The text without line end.</param>
internal sealed record LogLine(DateTimeOffset Time, bool IsFull, string Text)
{
    /// <summary>As the API shows times in logs: nine digits, UTC.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a line of the file, or null: it is none.</summary>
    public static LogLine? Parse(string line)
    {
        var parts = line.Split(' ', 4);
        return parts.Length == 4 && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LogLine(time, parts[2] is "F", parts[3])
            : null;
    }

    /// <summary>As the API gives it out.</summary>
    public string Show(bool timestamps) => $"{(timestamps ? $"{Stamp(Time)} " : "")}{Text}{(IsFull ? "\n" : "")}";
}
