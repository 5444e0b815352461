using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

internal sealed class SeededRandomSource(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public double NextDouble() => _random.NextDouble();

    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
