namespace MlopsOperator.Api.Tests;

/// <summary>Folders of the repository, found from where the tests run.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = FindRoot();

    public static string Crds { get; } = Path.Combine(Root, "crds");

    public static string Manifests { get; } = Path.Combine(Root, "tests", "MlopsOperator.Api.Tests", "Manifests");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlopsOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No MlopsOperator.sln above {AppContext.BaseDirectory}");
    }
}
