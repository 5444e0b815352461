using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.ML.OnnxRuntime;

namespace MlopsOperator.ModelServer.Protocol.Tensors;

/// <summary>Elements of text, kept as UTF-8.</summary>
/// <param name="length">How many.</param>
internal sealed class TextBuffer(int length) : ITensorBuffer
{
    private readonly byte[]?[] elements = new byte[]?[length];
    private int count;

    /// <inheritdoc />
    public bool TryAppend(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        var text = new byte[reader.ValueSpan.Length];
        var written = reader.CopyString(text);
        elements[count++] = written == text.Length ? text : text[..written];
        return true;
    }

    /// <inheritdoc />
    public bool TryTake(ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < elements.Length; index++)
        {
            if (bytes.Length < sizeof(uint))
            {
                return false;
            }

            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            bytes = bytes[sizeof(uint)..];
            if (size > (uint)bytes.Length || !Utf8.IsValid(bytes[..(int)size]))
            {
                return false;
            }

            elements[index] = bytes[..(int)size].ToArray();
            bytes = bytes[(int)size..];
        }

        count = elements.Length;
        return bytes.IsEmpty;
    }

    /// <inheritdoc />
    public OrtValue ToTensor(long[] shape)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (var index = 0; index < count; index++)
        {
            if (elements[index] is { Length: > 0 } text)
            {
                tensor.StringTensorSetElementAt(text.AsSpan(), index);
            }
        }

        return tensor;
    }
}
