using System.Buffers;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol.Answers;

/// <summary>Writes the small answers of the protocol: metadata, health, errors.</summary>
internal static class MetadataWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>This program's version.</summary>
    public static string ServerVersion { get; } = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>What the server is: <c>{name, version, extensions}</c>.</summary>
    /// <returns>JSON.</returns>
    public static ReadOnlyMemory<byte> Server() => Write(writer =>
    {
        writer.WriteString("name"u8, "mlops-operator-model-server"u8);
        writer.WriteString("version"u8, ServerVersion);
        writer.WriteStartArray("extensions"u8);
        writer.WriteStringValue("binary_tensor_data"u8);
        writer.WriteEndArray();
    });

    /// <summary>What the model is: <c>{name, versions, platform, inputs, outputs}</c>.</summary>
    /// <param name="model">The model.</param>
    /// <returns>JSON.</returns>
    public static ReadOnlyMemory<byte> Model(ModelDescription model) => Write(writer =>
    {
        writer.WriteString("name"u8, model.Name);
        if (model.Version is not null)
        {
            writer.WriteStartArray("versions"u8);
            writer.WriteStringValue(model.Version);
            writer.WriteEndArray();
        }

        writer.WriteString("platform"u8, "onnx_onnxv1"u8);
        WriteTensors(writer, "inputs", model.Inputs);
        WriteTensors(writer, "outputs", model.Outputs);
    });

    /// <summary>Whether the model is ready: <c>{name, ready}</c>, and why not.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="reason">Why it is not ready; null if it is.</param>
    /// <returns>JSON.</returns>
    public static ReadOnlyMemory<byte> ModelReady(string name, string? reason) => Write(writer =>
    {
        writer.WriteString("name"u8, name);
        writer.WriteBoolean("ready"u8, reason is null);
        WriteError(writer, reason);
    });

    /// <summary>Health: <c>{"live":true}</c>, or with <c>ready</c>, and why not.</summary>
    /// <param name="ready">Whether it is ready; null when only liveness was asked for.</param>
    /// <param name="reason">Why it is not ready.</param>
    /// <returns>JSON.</returns>
    public static ReadOnlyMemory<byte> Health(bool? ready, string? reason) => Write(writer =>
    {
        if (ready is not null)
        {
            writer.WriteBoolean("ready"u8, ready.Value);
        }

        writer.WriteBoolean("live"u8, true);
        WriteError(writer, reason);
    });

    /// <summary>An error: <c>{"error": text}</c>.</summary>
    /// <param name="message">The text.</param>
    /// <returns>JSON.</returns>
    public static ReadOnlyMemory<byte> Error(string message) => Write(writer => WriteError(writer, message));

    private static void WriteError(Utf8JsonWriter writer, string? message)
    {
        if (message is not null)
        {
            writer.WriteString("error"u8, message);
        }
    }

    private static void WriteTensors(Utf8JsonWriter writer, string field, TensorSpecification[] tensors)
    {
        writer.WriteStartArray(field);
        foreach (var tensor in tensors)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, tensor.Name);
            writer.WriteString("datatype"u8, Datatypes.NameOf(tensor.Datatype));
            writer.WriteStartArray("shape"u8);
            foreach (var size in tensor.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            if (tensor.Labels is not null)
            {
                writer.WriteStartObject("parameters"u8);
                writer.WriteString("labels"u8, tensor.Labels);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var target = new ArrayBufferWriter<byte>();
#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
        using (var writer = new Utf8JsonWriter(target, Options))
#pragma warning restore MA0045
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return target.WrittenMemory;
    }
}
