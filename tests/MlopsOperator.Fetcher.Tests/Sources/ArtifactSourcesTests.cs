using MlopsOperator.Fetcher.Sources;

namespace MlopsOperator.Fetcher.Tests.Sources;

public sealed class ArtifactSourcesTests
{
    private readonly ArtifactSources sources = new([new FileArtifactSource("/")]);

    [Theory]
    [InlineData("file:///a")]
    [InlineData("File:///a")]
    public void A_scheme_is_found_in_any_case(string uri) => sources.For(uri).Should().BeOfType<FileArtifactSource>();

    [Theory]
    [InlineData("models/model.onnx")]
    [InlineData(":///a")]
    [InlineData("")]
    public void What_is_no_uri_is_refused(string uri)
    {
        var finding = () => sources.For(uri);

        finding.Should().Throw<ArtifactException>().Which.Reason.Should().Be("InvalidUri");
    }
}
