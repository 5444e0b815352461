namespace MlopsOperator.ControllerRuntime.Tests.Testing;

internal static class Ordinal
{
    public static bool Is(this string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
