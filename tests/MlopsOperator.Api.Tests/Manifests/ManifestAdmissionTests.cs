using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>The table once more, this time asked of an API server that has the definitions: schema, defaults and rules in CEL.</summary>
public sealed class ManifestAdmissionTests(CrdCluster fixture) : IClassFixture<CrdCluster>
{
    [Theory]
    [MemberData(nameof(ManifestCase.All), MemberType = typeof(ManifestCase))]
    public async Task An_API_server_says_of_a_manifest_what_the_table_says(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        var collection = Collection(row.Manifest["kind"]!.GetValue<string>());
        var address = $"{collection}/{row.Manifest["metadata"]!["name"]}";
        var manifest = row.Manifest;
        if (row.Before is { } before)
        {
            var created = await SendAsync("POST", collection, before);
            created.Status.Should().Be(201, Text(created));
            manifest["metadata"]!["resourceVersion"] = JsonNode.Parse(created.Body.Span)!["metadata"]!["resourceVersion"]!.GetValue<string>();
        }

        var answer = row.Before is null ? await SendAsync("POST", collection, manifest) : await SendAsync("PUT", address, manifest);
        if (row.Before is not null || answer.Status < 300)
        {
            (await SendAsync("DELETE", address, content: null)).Status.Should().Be(200);
        }

        if (row.Admission is "Accepted")
        {
            answer.Status.Should().BeInRange(200, 201, Text(answer));
        }
        else
        {
            answer.Status.Should().Be(422, Text(answer));
            JsonNode.Parse(answer.Body.Span)!["message"]!.GetValue<string>().Should().ContainAll([.. row.AdmissionWords, row.Manifest["kind"]!.GetValue<string>()]);
        }
    }

    private static string Text(ClusterResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    private static string Collection(string kind)
    {
        var type = CustomKinds.All.Single(candidate => string.Equals(candidate.Name, kind, StringComparison.Ordinal));
        var plural = Path.GetFileNameWithoutExtension(CrdGenerator.FileName(type));
        return kind.StartsWith("Cluster", StringComparison.Ordinal) ? $"/apis/{ApiGroup.GroupVersion}/{plural}" : $"/apis/{ApiGroup.GroupVersion}/namespaces/default/{plural}";
    }

    private Task<ClusterResponse> SendAsync(string method, string path, JsonObject? content) =>
        fixture.Cluster.SendAsync(
            method, path, content is null ? default : Encoding.UTF8.GetBytes(content.ToJsonString()), "application/json", cancellationToken: TestContext.Current.CancellationToken);
}
