using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.ClusterTests.Cluster;

namespace MlopsOperator.ClusterTests.Admission;

/// <summary>The table of good and bad manifests, asked of a real API server. Where it differs from the table, the server is right.</summary>
public sealed class ManifestTableTests(TestCluster cluster)
{
    [Theory]
    [MemberData(nameof(ManifestCase.All), MemberType = typeof(ManifestCase))]
    public async Task The_API_server_says_of_a_manifest_what_the_table_says(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        var manifest = row.Manifest;
        var (collection, address) = (await cluster.Api.CollectionAsync(manifest), await cluster.Api.PathAsync(manifest));
        if (row.Before is { } before)
        {
            var created = (await cluster.Api.SendAsync("POST", collection, before)).Successful();
            manifest["metadata"]!["resourceVersion"] = (string?)created["metadata"]!["resourceVersion"];
        }

        var answer = row.Before is null ? await cluster.Api.SendAsync("POST", collection, manifest) : await cluster.Api.SendAsync("PUT", address, manifest);
        if (row.Before is not null || answer.Status < 300)
        {
            (await cluster.Api.SendAsync("DELETE", address)).Status.Should().Be(200);
        }

        if (row.Admission is "Accepted")
        {
            answer.Status.Should().BeOneOf([200, 201], answer.Text);
        }
        else
        {
            answer.Status.Should().Be(422, answer.Text);
            ((string)answer.Json["message"]!).Should().ContainAll([.. row.AdmissionWords, (string)manifest["kind"]!]);
        }
    }
}
