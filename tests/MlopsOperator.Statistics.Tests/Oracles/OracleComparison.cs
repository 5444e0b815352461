using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.Statistics.Tests.Oracles;

/// <summary>|got − out| ≤ tol·max(1, |out|), NaN and infinities as they are; objects by name, lists in order.</summary>
internal static class OracleComparison
{
    public static IEnumerable<string> Differences(object? got, JsonNode? wanted, double tolerance, string path = "") => wanted switch
    {
        null => got is null ? [] : [$"{path}: got {got}, wanted null"],
        JsonObject fields => got is IReadOnlyDictionary<string, object?> map && map.Count == fields.Count
            ? fields.SelectMany(field => map.TryGetValue(field.Key, out var value) ? Differences(value, field.Value, tolerance, path + "." + field.Key) : [$"{path}.{field.Key} is missing"])
            : [$"{path}: got {got}, wanted an object of {fields.Count}"],
        JsonArray items => got is System.Collections.IEnumerable list && list.Cast<object?>().ToArray() is { } values && values.Length == items.Count
            ? values.Zip(items).SelectMany((pair, index) => Differences(pair.First, pair.Second, tolerance, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")))
            : [$"{path}: got {got}, wanted a list of {items.Count}"],
        JsonValue value when value.TryGetValue<string>(out var text) && text is not ("NaN" or "Infinity" or "-Infinity") =>
            string.Equals(got as string, text, StringComparison.Ordinal) ? [] : [$"{path}: got {got}, wanted {text}"],
        _ => IsNear(got, OracleVector.Number(wanted)!.Value, tolerance) ? [] : [$"{path}: got {got}, wanted {wanted}"],
    };

    private static bool IsNear(object? got, double wanted, double tolerance) =>
        got is IConvertible and not string
        && Convert.ToDouble(got, CultureInfo.InvariantCulture) is var number
        && (number.Equals(wanted) || (double.IsFinite(wanted) && Math.Abs(number - wanted) <= tolerance * Math.Max(1, Math.Abs(wanted))));
}
