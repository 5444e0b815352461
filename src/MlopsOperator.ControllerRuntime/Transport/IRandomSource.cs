namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>The one source of randomness, so that a seeded run can be repeated.</summary>
public interface IRandomSource
{
    /// <summary>A number in [0, 1).</summary>
    double NextDouble();

    /// <summary>Fills <paramref name="bytes"/>.</summary>
    void Fill(Span<byte> bytes);
}
