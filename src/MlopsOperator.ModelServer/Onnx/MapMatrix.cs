using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlopsOperator.ModelServer.Onnx;

/// <summary>A sequence of maps from keys to numbers, as scikit-learn's exporter ends its classifiers (ZipMap), as a matrix.</summary>
/// <param name="Rows">Maps.</param>
/// <param name="Columns">Keys of each.</param>
/// <param name="Values">Row-major.</param>
/// <param name="Labels">The keys, sorted, as JSON text: <c>[0,1]</c> or <c>["late","on time"]</c>.</param>
internal sealed record MapMatrix(long Rows, long Columns, float[] Values, string Labels)
{
    /// <summary>Reads an output.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="value">A sequence of maps.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ModelFaultException">The maps do not have the same keys.</exception>
    public static MapMatrix Read(string name, OrtValue value)
    {
        var labels = "[]";
        var rows = 0;
        var values = new List<float>();
        value.ProcessSequence(
            (map, index) => map.ProcessMap(
                (keys, numbers) =>
                {
                    var own = LabelsOf(keys);
                    if (index > 0 && !string.Equals(own, labels, StringComparison.Ordinal))
                    {
                        throw new ModelFaultException(string.Create(CultureInfo.InvariantCulture, $"output '{name}'[{index}] has other keys than the rows before it"));
                    }

                    labels = own;
                    rows++;
                    values.AddRange(numbers.GetTensorDataAsSpan<float>());
                },
                OrtAllocator.DefaultInstance),
            OrtAllocator.DefaultInstance);
        return new MapMatrix(rows, rows == 0 ? 0 : values.Count / rows, [.. values], labels);
    }

    private static string LabelsOf(OrtValue keys)
    {
        var target = new ArrayBufferWriter<byte>();
#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
        using (var writer = new Utf8JsonWriter(target))
#pragma warning restore MA0045
        {
            writer.WriteStartArray();
            if (keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String)
            {
                foreach (var key in keys.GetStringTensorAsArray())
                {
                    writer.WriteStringValue(key);
                }
            }
            else
            {
                foreach (var key in keys.GetTensorDataAsSpan<long>())
                {
                    writer.WriteNumberValue(key);
                }
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(target.WrittenSpan);
    }
}
