using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Makes the volumes of a pod as folders: emptyDir, configMap, secret, downwardAPI, projected, and hostPath for reading.</summary>
internal sealed class PodVolumes(ConfigSource source)
{
    /// <param name="pod">The pod.</param>
    /// <param name="address">Its address.</param>
    /// <param name="path">Its folder, which is made.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<PodFolder> CreateAsync(JsonObject pod, string address, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(path, "messages"));
        Directory.CreateDirectory(Path.Combine(path, "tmp"));
        var volumes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var volume in pod.Child("spec").Items("volumes"))
        {
            var name = volume.Text("name") ?? "";
            volumes[name] = volume.Child("hostPath") is { } host
                ? HostFolder(pod, name, host)
                : await FillAsync(pod, address, volume, Path.Combine(path, "volumes", name), cancellationToken);
        }

        return new PodFolder(path, volumes);
    }

    /// <summary>Nothing keeps a process from writing, so only mounts that promise to read are allowed.</summary>
    private static string HostFolder(JsonObject pod, string name, JsonObject host)
    {
        var mounts = pod.Child("spec").Items("containers").Concat(pod.Child("spec").Items("initContainers")).SelectMany(container => container.Items("volumeMounts"));
        if (mounts.Any(mount => string.Equals(mount.Text("name"), name, StringComparison.Ordinal) && !mount.IsTrue("readOnly")))
        {
            throw new ContainerSetupException($"volume \"{name}\" is a hostPath: mount it with readOnly: true, DevCluster lets pods only read this machine's files");
        }

        var path = host.Text("path") ?? "/";
        return Path.Exists(path) ? path : throw new ContainerSetupException($"hostPath \"{path}\" of volume \"{name}\" does not exist");
    }

    private async Task<string> FillAsync(JsonObject pod, string address, JsonObject volume, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        if (volume.Child("emptyDir") is not null)
        {
            return folder;
        }

        foreach (var part in volume.Child("projected") is { } projected ? projected.Items("sources") : [volume])
        {
            await AddAsync(pod, address, part, volume.Text("name") ?? "", folder, cancellationToken);
        }

        return folder;
    }

    private async Task AddAsync(JsonObject pod, string address, JsonObject part, string volume, string folder, CancellationToken cancellationToken)
    {
        if (part.Child("configMap") is { } map)
        {
            await AddEntriesAsync(secret: false, pod, map, map.Text("name") ?? "", folder, cancellationToken);
        }
        else if (part.Child("secret") is { } secret)
        {
            await AddEntriesAsync(secret: true, pod, secret, secret.Text("secretName") ?? secret.Text("name") ?? "", folder, cancellationToken);
        }
        else if (part.Child("downwardAPI") is { } downward)
        {
            foreach (var item in downward.Items("items"))
            {
                var value = FieldReference.Read(pod, address, item.Child("fieldRef").Text("fieldPath") ?? "");
                await WriteAsync(folder, item.Text("path") ?? "", Encoding.UTF8.GetBytes(value), cancellationToken);
            }
        }
        else if (part.Child("serviceAccountToken") is null)
        {
            throw new ContainerSetupException(
                $"volume \"{volume}\" is of a kind that DevCluster does not have; it has emptyDir, configMap, secret, downwardAPI, projected and hostPath");
        }
    }

    private async Task AddEntriesAsync(bool secret, JsonObject pod, JsonObject reference, string name, string folder, CancellationToken cancellationToken)
    {
        var entries = await source.ReadAsync(secret, pod.Namespace(), name, reference.IsTrue("optional"), cancellationToken);
        if (entries is null)
        {
            return;
        }

        var items = reference.Items("items");
        if (items.Count == 0)
        {
            foreach (var (key, value) in entries)
            {
                await WriteAsync(folder, key, value, cancellationToken);
            }
        }

        foreach (var item in items)
        {
            var key = item.Text("key") ?? "";
            if (!entries.TryGetValue(key, out var value))
            {
                throw new ContainerSetupException($"{(secret ? "secret" : "configmap")} \"{name}\" has no key \"{key}\"");
            }

            await WriteAsync(folder, item.Text("path") ?? key, value, cancellationToken);
        }
    }

    private static async Task WriteAsync(string folder, string relative, byte[] value, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ContainerSetupException($"path \"{relative}\" leads out of its volume");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, value, cancellationToken);
    }
}
