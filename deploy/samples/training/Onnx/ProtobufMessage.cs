using System.Buffers.Binary;
using System.Text;

namespace MlopsOperator.Samples.Training.Onnx;

/// <summary>A protobuf message under construction. Fields are written in the order of the calls: the same calls give the same bytes.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<byte> bytes = [];

    /// <summary>The message.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] ToArray() => [.. bytes];

    /// <summary>Adds an integer.</summary>
    public ProtobufMessage Int(int field, long value)
    {
        Tag(field, 0);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Adds a 32-bit floating-point number.</summary>
    public ProtobufMessage Single(int field, float value)
    {
        Tag(field, 5);
        bytes.AddRange(Raw([value]));
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    /// <summary>Adds text.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    /// <summary>Adds a packed list of integers.</summary>
    public ProtobufMessage PackedInts(int field, IEnumerable<long> values)
    {
        var list = new ProtobufMessage();
        foreach (var value in values)
        {
            list.Varint((ulong)value);
        }

        return Bytes(field, list.ToArray());
    }

    /// <summary>Adds a packed list of floating-point numbers.</summary>
    public ProtobufMessage PackedFloats(int field, IReadOnlyCollection<float> values) => Bytes(field, Raw(values));

    /// <summary>Numbers as ONNX's raw data: little-endian.</summary>
    public static byte[] Raw(IReadOnlyCollection<float> values)
    {
        var raw = new byte[values.Count * sizeof(float)];
        var at = 0;
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(at), value);
            at += sizeof(float);
        }

        return raw;
    }

    /// <summary>Numbers as ONNX's raw data: little-endian.</summary>
    public static byte[] Raw(IReadOnlyCollection<long> values)
    {
        var raw = new byte[values.Count * sizeof(long)];
        var at = 0;
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(at), value);
            at += sizeof(long);
        }

        return raw;
    }

    private void Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
    }
}
