using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Fetcher.Reports;

[JsonSerializable(typeof(FetchReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Leaves out what is null, and keeps letters as they are: the report is read by people too, and never becomes HTML.</summary>
    public static ReportJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
