using k8s;
using k8s.Exceptions;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Output;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.Cli.Cluster;

/// <summary>The cluster that a command works on.</summary>
internal sealed class ClusterAccess : IDisposable
{
    private readonly HttpTransport _transport;

    private ClusterAccess(HttpTransport transport, TimeProvider time, string @namespace, string? user)
    {
        _transport = transport;
        Api = new KubernetesApi(transport, new OwnWrites(time));
        Namespace = @namespace;
        User = user;
    }

    public IKubernetesApi Api { get; }

    public string Namespace { get; }

    /// <summary>Name of the kubeconfig's user; what a request says of who asks, where nothing else is said.</summary>
    public string? User { get; }

    public static async Task<ClusterAccess> OpenAsync(ClusterOptions options, TimeProvider time)
    {
        try
        {
            var kubeconfig = await KubernetesClientConfiguration.LoadKubeConfigAsync(options.Kubeconfig);
            var context = options.Context ?? kubeconfig.CurrentContext;
            var user = kubeconfig.Contexts?.FirstOrDefault(known => string.Equals(known.Name, context, StringComparison.Ordinal))?.ContextDetails?.User;
            var configuration = Configuration();
            return new ClusterAccess(new HttpTransport(Configuration, time), time, options.Namespace ?? configuration.Namespace ?? "default", user);

            KubernetesClientConfiguration Configuration() => KubernetesClientConfiguration.BuildConfigFromConfigObject(kubeconfig, context);
        }
        catch (Exception error) when (error is KubeConfigException or IOException or UnauthorizedAccessException or FormatException or YamlDotNet.Core.YamlException)
        {
            throw new CommandFailure(ExitCodes.Unreachable, $"The kubeconfig cannot be used: {error.Message} Name another with --kubeconfig, or a context of it with --context.");
        }
    }

    /// <summary>The deployment with its rollouts.</summary>
    public async Task<Release> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var deployment = await Api.GetAsync<ModelDeployment>(Namespace, name, cancellationToken)
            ?? throw new CommandFailure(ExitCodes.Failed, $"There is no ModelDeployment {name} in namespace {Namespace}. See what there is: kubectl get mdep -n {Namespace}");
        var rollouts = await Api.ListAsync<ModelRollout>(Namespace, $"{WellKnown.DeploymentLabel}={name}", cancellationToken);
        return new Release(deployment, [.. rollouts.Where(rollout => IsOwned(rollout, deployment)).OrderByDescending(rollout => rollout.Spec.Number)]);
    }

    public void Dispose() => _transport.Dispose();

    private static bool IsOwned(ModelRollout rollout, ModelDeployment deployment) =>
        rollout.Metadata.OwnerReferences?.Any(owner => string.Equals(owner.Uid, deployment.Metadata.Uid, StringComparison.Ordinal)) == true;
}
