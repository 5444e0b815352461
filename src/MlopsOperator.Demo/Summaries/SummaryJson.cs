using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Demo.Summaries;

/// <summary>Writes the summary.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext
{
    /// <summary>Writes <paramref name="summary"/> to a file, whole or not at all.</summary>
    public static async Task WriteAsync(DemoSummary summary, FileInfo file, CancellationToken cancellationToken)
    {
        file.Directory?.Create();
        var partial = file.FullName + ".partial";
        await File.WriteAllBytesAsync(partial, JsonSerializer.SerializeToUtf8Bytes(summary, Default.DemoSummary), cancellationToken);
        File.Move(partial, file.FullName, overwrite: true);
    }
}
