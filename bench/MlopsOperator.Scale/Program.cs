using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Reflection;
using k8s;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Scale;
using MlopsOperator.Scale.Cluster;
using MlopsOperator.Scale.Measuring;
using MlopsOperator.Scale.Programs;

const int TelemetryPort = 19090;
const int RequestPort = 18080;

var deployments = new Option<int>("--deployments") { Description = "ModelDeployments.", DefaultValueFactory = _ => 1000 };
var rollouts = new Option<int>("--rollouts") { Description = "How many change their version at once.", DefaultValueFactory = _ => 100 };
var samples = new Option<int>("--samples") { Description = "Single changes that are timed, in each of three states.", DefaultValueFactory = _ => 20 };
var command = new RootCommand("Fills the cluster that KUBECONFIG names with ModelDeployments and measures the operator on it. Nothing is cleaned up: for a cluster that is thrown away.") { deployments, rollouts, samples };
command.SetAction(async (parsed, cancellationToken) =>
{
    var file = Environment.GetEnvironmentVariable("KUBECONFIG");
    var configuration = File.Exists(file) ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file) : null;
    if (configuration is null || !string.Equals(Environment.GetEnvironmentVariable("MLOPS_CLUSTER_TESTS"), configuration.CurrentContext, StringComparison.Ordinal))
    {
        await Console.Error.WriteLineAsync(
            $"This fills a cluster with objects and does not remove them. KUBECONFIG is \"{file}\"; expected the path of one kubeconfig file of a cluster that may be thrown away, "
            + $"and in MLOPS_CLUSTER_TESTS the name of its current context ({configuration?.CurrentContext ?? "unknown"}).");
        return 2;
    }

    Console.WriteLine($"Runs against {configuration.Host} (context {configuration.CurrentContext}).");
    var settings = new ScaleSettings(parsed.GetValue(deployments), parsed.GetValue(rollouts), parsed.GetValue(samples));
    var time = TimeProvider.System;
    var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key is "RepositoryRoot").Value!;
    var folder = Directory.CreateTempSubdirectory("mlops-scale-").FullName;
    Console.WriteLine($"Output of the programs: {folder}");
    using var transport = HttpTransport.FromEnvironment(time);
    var api = new ScaleApi(transport);
    await new Installation(api, settings).ApplyAsync(root, OwnAddress(), TelemetryPort, cancellationToken);
    await using var node = new SimulatedNode(api, time);
    await node.StartAsync(cancellationToken);
    await using var kinds = await WatchedKinds.FollowAsync(api, node, time, cancellationToken);
    await using var gateway = RunningProgram.Start("Gateway", folder, Text($"--port={RequestPort}"), Text($"--telemetry-port={TelemetryPort}"));
    var figures = new Figures();
    await new Measurement(api, settings, kinds, folder, time).RunAsync(figures, cancellationToken);
    figures.Add("gateway with all routes, memory", string.Create(CultureInfo.InvariantCulture, $"{gateway.ResidentMiB():0} MiB"));
    figures.Print();
    return figures.Missed ? 1 : 0;

    static string Text(FormattableString text) => FormattableString.Invariant(text);

    // An EndpointSlice may not name a loopback address.
    static IPAddress OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(entry => entry.Address)
        .First(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
});
return await command.Parse(args).InvokeAsync();
