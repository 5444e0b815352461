using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MlopsOperator.Scale.Cluster;

/// <summary>What the measurement puts into the cluster before the operator starts.</summary>
internal sealed partial class Installation(ScaleApi api, ScaleSettings settings)
{
    private const string Group = "/apis/mlops-operator.io/v1alpha1";

    /// <summary>CRDs, namespaces, a runtime, two versions a namespace, and a gateway Service whose endpoints are processes of this machine.</summary>
    public async Task ApplyAsync(string root, IPAddress gateway, int telemetryPort, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(root, "crds"), "*.yaml"))
        {
            var manifest = await File.ReadAllTextAsync(file, cancellationToken);
            var name = MetadataName().Match(manifest).Groups["name"].Value;
            await api.ApplyAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}", manifest, cancellationToken);
            while (!(await api.GetAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}", cancellationToken)).ToJsonString().Contains("\"type\":\"Established\"", StringComparison.Ordinal))
            {
                await Task.Yield();
            }
        }

        foreach (var name in settings.Namespaces.Append("mlops-system"))
        {
            await api.ApplyAsync($"/api/v1/namespaces/{name}", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""", cancellationToken);
        }

        await api.ApplyAsync(
            $"{Group}/clustermodelruntimes/onnx",
            """
            {"apiVersion":"mlops-operator.io/v1alpha1","kind":"ClusterModelRuntime","metadata":{"name":"onnx"},"spec":{"formats":[{"name":"onnx","autoSelect":true,"priority":1}],"protocol":"OpenInferenceV2","port":8080,
            "template":{"spec":{"containers":[{"name":"server","image":"example.com/server:1","ports":[{"name":"http","containerPort":8080}]}]}}}}
            """,
            cancellationToken);
        await ApplyGatewayAsync(gateway, telemetryPort, cancellationToken);
        foreach (var @namespace in settings.Namespaces)
        {
            foreach (var version in new[] { "1", "2" })
            {
                await api.ApplyAsync(
                    $"{Group}/namespaces/{@namespace}/modelversions/model-v{version}",
                    $$"""
                    {"apiVersion":"mlops-operator.io/v1alpha1","kind":"ModelVersion","metadata":{"name":"model-v{{version}}","namespace":"{{@namespace}}"},
                    "spec":{"model":"model","version":"{{version}}","format":{"name":"onnx"},"artifact":{"uri":"file:///models/{{version}}.onnx"} } }
                    """,
                    cancellationToken);
            }
        }
    }

    /// <summary>Path of the ModelDeployments of a namespace, or of all.</summary>
    public static string Deployments(string? @namespace) => @namespace is null ? $"{Group}/modeldeployments" : $"{Group}/namespaces/{@namespace}/modeldeployments";

    /// <summary>Path of all objects of a kind of ours.</summary>
    public static string All(string plural) => $"{Group}/{plural}";

    private async Task ApplyGatewayAsync(IPAddress address, int telemetryPort, CancellationToken cancellationToken)
    {
        await api.ApplyAsync(
            "/api/v1/namespaces/mlops-system/services/mlops-gateway",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"mlops-gateway","namespace":"mlops-system"},"spec":{"clusterIP":"None","ports":[{"name":"telemetry","port":9090}]}}""",
            cancellationToken);
        var port = telemetryPort.ToString(CultureInfo.InvariantCulture);
        await api.ApplyAsync(
            "/apis/discovery.k8s.io/v1/namespaces/mlops-system/endpointslices/mlops-gateway-1",
            $$$"""
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"mlops-gateway-1","namespace":"mlops-system","labels":{"kubernetes.io/service-name":"mlops-gateway"}},
            "addressType":"IPv4","ports":[{"name":"telemetry","port":{{{port}}},"protocol":"TCP"}],"endpoints":[{"addresses":["{{{address.ToString()}}}"],"conditions":{"ready":true,"serving":true,"terminating":false}}]}
            """,
            cancellationToken);
    }

    [GeneratedRegex(@"^  name: (?<name>\S+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MetadataName();
}
