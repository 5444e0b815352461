using MlopsOperator.Api;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What <c>--keep</c> prints: how to look at the cluster with a real kubectl, and what to try.</summary>
internal static class KeepGuide
{
    private const string Flight = """{"inputs":[{"name":"features","datatype":"FP32","shape":[1,12],"data":[0.33,4,4,1431,42.2,35.8,81.1,54.8,37,10,3.9,-2]}]}""";

    /// <summary>The lines; each that begins with two spaces can be typed as it is, in this order.</summary>
    public static IEnumerable<string> Lines(string kubeconfig, Uri gateway, string root) =>
    [
        "",
        "The cluster stays until Ctrl-C. In another terminal:",
        "",
        $"  export KUBECONFIG={kubeconfig}",
        "  kubectl get mlops -A",
        $"  kubectl -n {DemoNames.Namespace} describe mro delays-3",
        $"  kubectl -n {DemoNames.Namespace} logs -l {WellKnown.DeploymentLabel}={DemoNames.Deployment} --tail=5",
        $"  curl -s {gateway}v2/models/delays/infer -H 'Host: {DemoNames.Host}' -H 'Content-Type: application/json' -d '{Flight}'",
        "",
        "Next to try, with a watch in a third terminal (the same export first):",
        "",
        $"  kubectl -n {DemoNames.Namespace} get mdep -w",
        "",
        "A rollout back to the first version, judged like any other; more pods; the manifest as it is in the repository; the end:",
        "",
        $"  kubectl -n {DemoNames.Namespace} patch mdep {DemoNames.Deployment} --type merge -p '{{\"spec\":{{\"modelVersionRef\":{{\"name\":\"{DemoNames.FirstVersion}\"}}}}}}'",
        $"  kubectl -n {DemoNames.Namespace} scale mdep {DemoNames.Deployment} --replicas 3",
        $"  kubectl apply -f '{Path.Combine(root, "deploy", "samples", "demo", "40-deployment.yaml")}'",
        $"  kubectl -n {DemoNames.Namespace} delete mdep {DemoNames.Deployment}",
    ];
}
