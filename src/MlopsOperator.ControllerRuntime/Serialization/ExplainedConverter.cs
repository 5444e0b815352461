using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>
/// A converter of KubernetesClient that throws what no reader of JSON expects (FormatException for the quantity <c>""</c>, NotSupported for
/// a boolean port), made to throw a <see cref="JsonException"/>, to which the serializer adds the path.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="expected">What was expected, as the rest of a sentence.</param>
internal sealed class ExplainedConverter<T>(string expected) : JsonConverter<T>
{
    private readonly JsonConverter<T> inner = (JsonConverter<T>)JsonSerializerOptions.Default.GetConverter(typeof(T));

    /// <inheritdoc />
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return inner.Read(ref reader, typeToConvert, options);
        }
        catch (Exception error) when (error is FormatException or NotSupportedException or ArgumentException or ArithmeticException or InvalidOperationException or InvalidCastException)
        {
            throw new JsonException($"expected {expected}", error);
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => inner.Write(writer, value, options);
}
