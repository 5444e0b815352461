using MlopsOperator.Operator.Evidence.Blocks;

namespace MlopsOperator.Operator.Tests.Evidence.Blocks;

/// <summary>Samples as the reader makes them from a gateway's text.</summary>
internal static class Samples
{
    public const string Route = "shop/delays";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static RouteSample Of(GatewayText text, int second = 0) =>
        TelemetryReader.Read(text.ToUtf8(), [Route], Start.AddSeconds(second), Start.AddSeconds(second + 0.01)).Samples[Route];
}
