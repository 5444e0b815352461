using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Pods;
using MlopsOperator.DevCluster.Nodes.Probes;
using MlopsOperator.DevCluster.Nodes.Processes;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>What the parts of the node share: clock, rules, folders, processes, events.</summary>
internal sealed class NodeServices : IAsyncDisposable
{
    private readonly Lazy<string> root;
    private readonly Lazy<ProcessLauncher> launcher;
    private readonly Action<string> wake;
    private readonly Lock gate = new();
    private readonly HashSet<Task> background = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly bool ownsRoot;

    public NodeServices(IClusterClient client, PodOptions options, TimeProvider time, Action<string> wake)
    {
        Options = options;
        Time = time;
        this.wake = wake;
        ownsRoot = options.Root is null;
        root = new Lazy<string>(() => options.Root is { } folder ? Directory.CreateDirectory(folder).FullName : Directory.CreateTempSubdirectory("devcluster-").FullName);
        launcher = new Lazy<ProcessLauncher>(() => new ProcessLauncher(ownsRoot ? root.Value : null));
        var source = new ConfigSource(client);
        Volumes = new PodVolumes(source);
        Commands = new ContainerCommand(source, options);
        Probes = new ProbeRunner(time);
        Events = new EventWriter(client, time, "kubelet", ClusterNode.Name);
    }

    public PodOptions Options { get; }

    public TimeProvider Time { get; }

    public PodVolumes Volumes { get; }

    public ContainerCommand Commands { get; }

    public ProbeRunner Probes { get; }

    public EventWriter Events { get; }

    public PodAddresses Addresses { get; } = new();

    public ProcessLauncher Launcher => launcher.Value;

    /// <summary>Folder of volumes; its parent is made when first asked for.</summary>
    public string PodsFolder => Path.Combine(root.Value, "pods");

    /// <summary>Folder of logs; its parent is made when first asked for.</summary>
    public string LogsFolder => Path.Combine(root.Value, "logs");

    public static string FieldPath(ContainerState container) => $"spec.{(container.IsInit ? "initContainers" : "containers")}{{{container.Name}}}";

    /// <summary>Says that something happened to a pod.</summary>
    public void Wake(string key) => wake(key);

    /// <summary>Keeps a task that runs beside, so that the node can wait for it at its end.</summary>
    public void Track(Task task)
    {
        lock (gate)
        {
            background.RemoveWhere(other => other.IsCompleted);
            background.Add(task);
        }
    }

    /// <summary>Tells of a probe that failed.</summary>
    public void Unhealthy(JsonObject pod, ContainerState container, ProbeKind kind, ProbeResult result)
    {
        var message = $"{kind} probe failed: {result.Output}";
        Track(Events.WriteAsync(ResourceId.Pods, pod, "Warning", "Unhealthy", message, FieldPath(container), stopping.Token));
    }

    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (gate)
        {
            left = [.. background];
        }

#pragma warning disable MA0042 // CancelAsync goes on in a thread of the pool, and a simulation runs everything on one.
        stopping.Cancel();
#pragma warning restore MA0042
        // Whatever becomes of them: an event that could not be written harms nobody.
        await Task.WhenAny(Task.WhenAll(left));

        // Before the launcher's watchdog, which would remove the same folder.
        if (root.IsValueCreated)
        {
            string[] folders = ownsRoot ? [root.Value] : [PodsFolder, LogsFolder];
            foreach (var folder in folders)
            {
                Folders.Remove(folder);
            }
        }

        if (launcher.IsValueCreated)
        {
            launcher.Value.Dispose();
        }

        Probes.Dispose();
        Addresses.Dispose();
        stopping.Dispose();
    }
}
