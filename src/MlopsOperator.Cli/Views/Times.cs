using System.Globalization;

namespace MlopsOperator.Cli.Views;

/// <summary>Moments as people read them, in UTC.</summary>
internal static class Times
{
    public static string Of(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
