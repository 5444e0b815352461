namespace MlopsOperator.DevCluster;

/// <summary>Manifests that are applied when a cluster starts.</summary>
public sealed class ManifestSource
{
    private readonly List<Func<CancellationToken, Task<string>>> texts = [];

    /// <summary>All *.yaml files of a folder, in the order of their names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ManifestSource FromFolder(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            texts.Add(cancellationToken => File.ReadAllTextAsync(file, cancellationToken));
        }

        return this;
    }

    /// <summary>YAML or JSON, one or more documents.</summary>
    public ManifestSource FromText(string manifests)
    {
        texts.Add(_ => Task.FromResult(manifests));
        return this;
    }

    internal IReadOnlyList<Func<CancellationToken, Task<string>>> Texts => texts;
}
