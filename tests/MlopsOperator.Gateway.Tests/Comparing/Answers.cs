using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Tests.Comparing;

/// <summary>Answers of models, and what comparing them gives.</summary>
internal static class Answers
{
    public static AnswerBody Json(string text) => new(Encoding.UTF8.GetBytes(text), "application/json", null);

    /// <summary>An answer with one output.</summary>
    public static AnswerBody Tensor(string datatype, string shape, string data, string name = "score") =>
        Json($$"""{"model_name":"m","outputs":[{"name":"{{name}}","datatype":"{{datatype}}","shape":{{shape}},"data":{{data}}}]}""");

    /// <summary>The answer of a classifier: labels and scores of two classes by row.</summary>
    public static string Classifier(params double[] scores) => JsonSerializer.Serialize(new
    {
        model_name = "delays",
        id = Guid.NewGuid().ToString("N"),
        outputs = new object[]
        {
            new { name = "label", datatype = "INT64", shape = new[] { scores.Length }, data = scores.Select(score => score >= 0.5 ? 1 : 0) },
            new { name = "score", datatype = "FP32", shape = new[] { scores.Length, 2 }, data = scores.SelectMany(score => new[] { Number(1 - score), Number(score) }) },
        },
    });

    /// <summary>An answer with one output whose values stand as raw bytes behind the JSON.</summary>
    public static AnswerBody Binary(string datatype, string shape, params byte[][] values)
    {
        var raw = values.SelectMany(value => value).ToArray();
        var json = Encoding.UTF8.GetBytes(
            $$"""{"outputs":[{"name":"score","datatype":"{{datatype}}","shape":{{shape}},"parameters":{"note":[1],"binary_data_size":{{raw.Length.ToString(CultureInfo.InvariantCulture)}} } }]}""");
        return new AnswerBody(json.Concat(raw).ToArray(), "application/octet-stream", json.Length);
    }

    public static byte[] Bytes(float value) => BitConverter.GetBytes(value);

    public static byte[] Bytes(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return [.. length, .. text];
    }

    public static Comparison Compare(AnswerBody stable, AnswerBody candidate, params CompareRule[] rules) => AnswerComparer.Compare(stable, candidate, new ComparePlan(rules));

    /// <summary>JSON has no NaN; servers write null.</summary>
    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
