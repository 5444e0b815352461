using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Tests.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>What the repository tells people to apply must be what the rules and the schemas take.</summary>
public sealed class SampleManifestTests
{
    [Fact]
    public async Task Every_sample_is_a_good_manifest()
    {
        var samples = Path.Combine(RepositoryFolder.Root, "deploy", "samples");
        var files = Directory.Exists(samples) ? Directory.GetFiles(samples, "*.yaml", SearchOption.AllDirectories) : [];
        foreach (var file in files)
        {
            var documents = YamlJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            foreach (var manifest in documents.Where(document => document["apiVersion"]!.GetValue<string>().StartsWith(ApiGroup.Name, StringComparison.Ordinal)))
            {
                KindRules.Check(manifest).Should().BeEmpty(file);
                SchemaCheck.Check(manifest, GeneratedCrds.Schema(KindOf(manifest))).Should().BeEmpty(file);
            }
        }
    }

    private static Type KindOf(JsonObject manifest) =>
        CustomKinds.All.Single(kind => string.Equals(kind.Name, manifest["kind"]!.GetValue<string>(), StringComparison.Ordinal));
}
