namespace MlopsOperator.Fetcher.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fetcher-tests-").FullName;

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, byte[] content)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
#pragma warning disable MA0045 // A few bytes, also from constructors.
        File.WriteAllBytes(path, content);
#pragma warning restore MA0045
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
