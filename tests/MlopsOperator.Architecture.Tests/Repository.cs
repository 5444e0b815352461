namespace MlopsOperator.Architecture.Tests;

internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MlopsOperator.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No MlopsOperator.sln above {folder}.");
    }
}
