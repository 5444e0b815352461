using k8s;

namespace MlopsOperator.ClusterTests.Cluster;

/// <summary>
/// Which cluster these tests may use. KUBECONFIG alone names none: a person's shell often has it, and it may be production. The context must be said again,
/// by name, in MLOPS_CLUSTER_TESTS.
/// </summary>
internal static class ClusterChoice
{
    public const string Variable = "MLOPS_CLUSTER_TESTS";

    /// <summary>The configuration of the cluster that both variables name.</summary>
    /// <exception cref="InvalidOperationException">They do not name one.</exception>
    public static KubernetesClientConfiguration Read(Func<string, string?> variable)
    {
        var file = variable("KUBECONFIG");
        if (string.IsNullOrEmpty(file) || !File.Exists(file))
        {
            throw new InvalidOperationException($"KUBECONFIG is \"{file}\"; expected the path of one kubeconfig file. These tests run against the cluster that it names.");
        }

        var current = KubernetesClientConfiguration.LoadKubeConfig(file).CurrentContext;
        var named = variable(Variable);
        if (!string.Equals(named, current, StringComparison.Ordinal) || string.IsNullOrEmpty(named))
        {
            throw new InvalidOperationException(
                $"{Variable} is \"{named}\"; expected \"{current}\", the current context of {file}. These tests install and remove CRDs, cluster roles and namespaces: "
                + $"set {Variable} to the context's name only if that cluster is for tests.");
        }

        return KubernetesClientConfiguration.BuildConfigFromConfigFile(file);
    }
}
