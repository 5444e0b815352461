using System.Globalization;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The columns of each kind.</summary>
internal static class Columns
{
    private static readonly Column Name = new("Name", "string", (o, _) => o.Text("metadata", "name")) { Format = "name", Description = "Name of the object." };

    private static readonly Column CreationAge = new("Age", "string", (o, now) => Age(o.Text("metadata", "creationTimestamp"), now)) { Description = "Time since it was created." };

    public static IReadOnlyList<Column> Of(ResourceKind kind)
    {
        if (kind.Custom is { } custom)
        {
            return [Name, .. custom.Columns.Count > 0 ? custom.Columns.Select(CustomColumns.Of) : [new Column("Age", "date", (o, now) => Age(o.Text("metadata", "creationTimestamp"), now)) { Description = "Time since it was created." }]];
        }

        // The name of an event says nothing: it comes last, in wide output.
        return kind.Kind is "Event" ? [.. EventColumns.All(), Name with { Priority = 1 }] : [Name, .. BuiltInColumns.Of(kind) ?? [CreationAge]];
    }

    /// <summary>A span of time as kubectl prints it.</summary>
    public static string Age(string? since, DateTimeOffset now)
    {
        if (Times.Parse(since) is not { } start)
        {
            return "<unknown>";
        }

        return Span(now - start);
    }

    public static string Span(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => Text(seconds, "s"),
            < 600 when seconds % 60 != 0 => Text(seconds / 60, "m") + Text(seconds % 60, "s"),
            < 10_800 => Text(seconds / 60, "m"),
            < 28_800 when seconds / 60 % 60 != 0 => Text(seconds / 3600, "h") + Text(seconds / 60 % 60, "m"),
            < 172_800 => Text(seconds / 3600, "h"),
            < 691_200 when seconds / 3600 % 24 != 0 => Text(seconds / 86_400, "d") + Text(seconds / 3600 % 24, "h"),
            < 63_072_000 => Text(seconds / 86_400, "d"),
            < 252_288_000 when seconds / 86_400 % 365 != 0 => Text(seconds / 31_536_000, "y") + Text(seconds / 86_400 % 365, "d"),
            _ => Text(seconds / 31_536_000, "y"),
        };

        static string Text(long value, string unit) => value.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
