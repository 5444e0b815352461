using MlopsOperator.Api.Tests;
using MlopsOperator.ClusterTests.Cluster;

namespace MlopsOperator.ClusterTests.Admission;

/// <summary>A real API server takes the definitions: the types of their rules in CEL check, and their estimated cost is within its limits.</summary>
public sealed class CustomDefinitionTests(TestCluster cluster)
{
    [Fact]
    public async Task Every_definition_of_the_repository_is_served()
    {
        cluster.Definitions.Should().HaveCount(Directory.GetFiles(RepositoryFolder.Crds, "*.yaml").Length).And.NotBeEmpty();
        foreach (var name in cluster.Definitions)
        {
            var definition = await cluster.Api.GetAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
            TestCluster.Established(definition).Should().BeTrue(definition["status"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Applying_a_definition_again_changes_nothing()
    {
        foreach (var file in Directory.GetFiles(RepositoryFolder.Crds, "*.yaml"))
        {
            var path = $"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{Path.GetFileNameWithoutExtension(file)}.mlops-operator.io";
            var before = await cluster.Api.GetAsync(path);
            await cluster.Api.ApplyFileAsync(file);
            ((int?)(await cluster.Api.GetAsync(path))["metadata"]!["generation"]).Should().Be((int?)before["metadata"]!["generation"], file);
        }
    }
}
