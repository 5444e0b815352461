using System.Text.Json;
using k8s.Models;
using MlopsOperator.Api.Json;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Tests.Revisions;

public sealed class RevisionStoreTests
{
    [Fact]
    public void What_was_stored_is_read_back_whole()
    {
        var content = Sample.Revision(Sample.Version("delays-v1")).Content;
        var stored = RevisionStore.ToControllerRevision(Sample.Deployment(), "a", content, number: 1);

        RevisionHasher.RevisionHash(RevisionStore.Read(stored)!).Should().Be(RevisionHasher.RevisionHash(content));
    }

    [Fact]
    public void Data_that_is_no_element_yet_is_read_as_well()
    {
        var content = Sample.Revision(Sample.Version("delays-v1")).Content;

        RevisionStore.Read(new V1ControllerRevision { Data = content })!.Model.Artifact.Should().Be(content.Model.Artifact);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"model\":7}")]
    public void Data_that_is_not_ours_is_no_content(string data) =>
        RevisionStore.Read(new V1ControllerRevision { Data = JsonSerializer.Deserialize<JsonElement>(data, ApiJson.Options) }).Should().BeNull();

    [Fact]
    public void Without_data_there_is_no_content() => RevisionStore.Read(new V1ControllerRevision()).Should().BeNull();
}
