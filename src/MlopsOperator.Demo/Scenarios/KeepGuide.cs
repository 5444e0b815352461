namespace MlopsOperator.Demo.Scenarios;

/// <summary>What <c>--keep</c> prints: how to look at the cluster with a real kubectl, and what to try.</summary>
internal static class KeepGuide
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(string kubeconfig, Uri gateway, string root) =>
    [
        "",
        "The cluster stays until Ctrl-C. In another terminal:",
        "",
        $"  export KUBECONFIG={kubeconfig}",
        "  kubectl get mlops -A",
        "  kubectl -n demo get mdep -w",
        "  kubectl -n demo describe mro delays-3",
        "  kubectl -n demo logs deploy/delays-... (kubectl -n demo get pods names them)",
        "",
        "Next to try:",
        "",
        "  kubectl -n demo patch mdep delays --type merge -p '{\"spec\":{\"modelVersionRef\":{\"name\":\"delays-v1\"}}}'",
        $"  kubectl apply -f {root}deploy/samples/demo/40-deployment.yaml",
        "  kubectl -n demo scale mdep delays --replicas 3",
        $"  curl -s {gateway}v2/models/delays -H 'Host: delays.example.com'",
        "  kubectl -n demo delete mdep delays",
    ];
}
