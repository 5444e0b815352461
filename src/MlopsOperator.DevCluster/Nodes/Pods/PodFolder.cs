using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Folder of a pod: its volumes, and the files in which containers leave their termination messages.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Volumes">Folder of each volume by its name.</param>
internal sealed record PodFolder(string Path, IReadOnlyDictionary<string, string> Volumes)
{
    /// <summary>File for the termination message of an incarnation.</summary>
    public string MessageFile(ContainerState container, int incarnation) =>
        System.IO.Path.Combine(Path, "messages", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{container.Name}-{incarnation}"));

    /// <summary>What paths of a container stand for: its mounts.</summary>
    public IReadOnlyDictionary<string, string> Mounts(ContainerState container)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in container.Spec.Items("volumeMounts"))
        {
            if (mount.Text("mountPath") is { } path && Volumes.TryGetValue(mount.Text("name") ?? "", out var folder))
            {
                mounts[path.Length > 1 ? path.TrimEnd('/') : path] = mount.Text("subPath") is { Length: > 0 } sub ? System.IO.Path.Combine(folder, sub) : folder;
            }
        }

        return mounts;
    }
}
