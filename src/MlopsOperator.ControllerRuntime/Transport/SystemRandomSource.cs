using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>Randomness of the operating system. Safe for parallel use.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public double NextDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
