using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Works out what a container starts: command, environment and folder.</summary>
internal sealed class ContainerCommand(ConfigSource source, PodOptions options)
{
    // What a program of this machine needs to find its runtime; everything else is the pod's own.
    private static readonly string[] inherited = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH"];

    /// <param name="pod">The pod.</param>
    /// <param name="state">What the node knows of it: it has an address and a folder.</param>
    /// <param name="container">The container.</param>
    /// <param name="rule">The rule of its image.</param>
    /// <param name="incarnation">Which start of the container it is, from 0.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<ProcessStart> BuildAsync(JsonObject pod, PodState state, ContainerState container, PodRule rule, int incarnation, CancellationToken cancellationToken)
    {
        var folder = state.Folder!;
        var message = folder.MessageFile(container, incarnation);
        var paths = new PathMapping(folder.Mounts(container).Append(new(container.Spec.Text("terminationMessagePath") ?? "/dev/termination-log", message)));
        var environment = Base(pod, state, rule, message);
        await AddFromAsync(pod, container, environment, cancellationToken);
        foreach (var variable in container.Spec.Items("env"))
        {
            var value = await ValueAsync(pod, state.Address!, variable, environment, cancellationToken);
            if (value is not null)
            {
                environment[variable.Text("name") ?? ""] = value;
            }
        }

        var command = Command(container, rule).Select(part => paths.Rewrite(VariableExpansion.Expand(part, environment))).ToList();
        var rewritten = environment.ToDictionary(pair => pair.Key, pair => paths.Rewrite(pair.Value), StringComparer.Ordinal);
        var directory = container.Spec.Text("workingDir") is { } wanted ? paths.Rewrite(wanted) : folder.Path;
        return new ProcessStart(command, rewritten, Directory.Exists(directory) ? directory : folder.Path);
    }

    /// <summary>ENTRYPOINT and CMD: the container's command replaces the image's, its args are appended to what holds.</summary>
    private static IEnumerable<string> Command(ContainerState container, PodRule rule)
    {
        var own = container.Spec.Texts("command");
        return (own.Count > 0 ? own : rule.Command!).Concat(container.Spec.Texts("args"));
    }

    private Dictionary<string, string> Base(JsonObject pod, PodState state, PodRule rule, string message)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? Executables.SystemPath,
            ["HOME"] = state.Folder!.Path,
            ["TMPDIR"] = Path.Combine(state.Folder.Path, "tmp"),
            ["HOSTNAME"] = pod.Name(),
            ["BIND_ADDRESS"] = state.Address!,
            ["TERMINATION_MESSAGE_PATH"] = message,
        };
        foreach (var name in inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        if (options.KubeconfigPath is { } kubeconfig && pod.Child("spec")?["automountServiceAccountToken"]?.GetValueKind() != System.Text.Json.JsonValueKind.False)
        {
            environment["KUBECONFIG"] = kubeconfig;
        }

        foreach (var (name, value) in rule.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private async Task AddFromAsync(JsonObject pod, ContainerState container, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        foreach (var from in container.Spec.Items("envFrom"))
        {
            var secret = from.Child("secretRef") is not null;
            var reference = from.Child("secretRef") ?? from.Child("configMapRef");
            var entries = await source.ReadAsync(secret, pod.Namespace(), reference.Text("name") ?? "", reference.IsTrue("optional"), cancellationToken);
            foreach (var (key, value) in entries ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
            {
                environment[from.Text("prefix") + key] = System.Text.Encoding.UTF8.GetString(value);
            }
        }
    }

    private async Task<string?> ValueAsync(JsonObject pod, string address, JsonObject variable, Dictionary<string, string> known, CancellationToken cancellationToken)
    {
        if (variable.Child("valueFrom") is not { } from)
        {
            return VariableExpansion.Expand(variable.Text("value") ?? "", known);
        }

        if (from.Child("fieldRef") is { } field)
        {
            return FieldReference.Read(pod, address, field.Text("fieldPath") ?? "");
        }

        if (from.Child("configMapKeyRef") is { } map)
        {
            return await source.ReadKeyAsync(secret: false, pod.Namespace(), map, cancellationToken);
        }

        if (from.Child("secretKeyRef") is { } secret)
        {
            return await source.ReadKeyAsync(secret: true, pod.Namespace(), secret, cancellationToken);
        }

        throw new ContainerSetupException($"variable {variable.Text("name")}: DevCluster reads value, fieldRef, configMapKeyRef and secretKeyRef");
    }
}
