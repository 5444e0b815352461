namespace MlopsOperator.Demo.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("demo-tests-");

    public string Path(params string[] parts) => System.IO.Path.Combine([_folder.FullName, .. parts]);

    public DirectoryInfo Create(params string[] parts) => Directory.CreateDirectory(Path(parts));

    /// <summary>A repository's folder with all that the demo needs but its programs.</summary>
    public string Checkout()
    {
        Create("crds");
        Create("deploy", "manifests");
        Create("deploy", "samples", "demo");
        Create("deploy", "samples", "data");
        File.WriteAllText(Path("deploy", "samples", "data", "delays.csv.gz"), "");
        return _folder.FullName;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
