namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>Where tests find files.</summary>
internal static class Paths
{
    public static string Golden => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Golden");

    public static string Samples { get; } = MlopsOperator.Samples.Training.SampleFolder.Find();

    public static string Model(string name) => name.StartsWith("delays-", StringComparison.Ordinal)
        ? Path.Combine(Samples, "models", name + ".onnx")
        : Path.Combine(AppContext.BaseDirectory, "Fixtures", "Models", name + ".onnx");
}
