using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster;

/// <summary>Applies manifests, as kubectl apply --server-side does.</summary>
internal sealed class ManifestApplier(ApiPipeline pipeline, KindRegistry kinds)
{
    public async Task ApplyAsync(string manifests, CancellationToken cancellationToken)
    {
        foreach (var manifest in YamlDocuments.Parse(manifests))
        {
            await ApplyAsync(manifest, cancellationToken);
        }
    }

    private async Task ApplyAsync(JsonObject manifest, CancellationToken cancellationToken)
    {
        var (version, kindName, name) = (manifest.Text("apiVersion") ?? "", manifest.Text("kind") ?? "", manifest.Text("metadata", "name") ?? "");
        var kind = kinds.FindKind(version, kindName)
            ?? throw new InvalidOperationException($"{kindName} {name}: the cluster does not serve {kindName} in {version}; apply its CustomResourceDefinition first");
        var root = kind.Group.Length == 0 ? "/api/" : "/apis/";
        var space = kind.Namespaced ? $"/namespaces/{manifest.Text("metadata", "namespace") ?? "default"}" : "";
        var request = new ApiRequest("PATCH", $"{root}{kind.ApiVersion}{space}/{kind.Plural}/{Uri.EscapeDataString(name)}?fieldManager=apply&force=true")
        {
            Body = JsonBytes.Write(manifest),
            ContentType = "application/apply-patch+yaml",
        };
        var response = await pipeline.HandleAsync(request, cancellationToken);
        if (response.Status >= 400)
        {
            throw new InvalidOperationException($"{kindName} {name}: {JsonBytes.ParseObject(response.Body).Text("message")}");
        }
    }
}
