namespace MlopsOperator.Simulation.World;

internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder is null
        ? throw new InvalidOperationException("No MlopsOperator.sln above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "MlopsOperator.sln")) ? folder.FullName : Find(folder.Parent);
}
