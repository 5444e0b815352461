namespace MlopsOperator.ControllerRuntime.Tests.Testing;

internal static class RepositoryFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "MlopsOperator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No MlopsOperator.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
