using MlopsOperator.Fetcher.Reports;

namespace MlopsOperator.Fetcher.Tests.Reports;

public sealed class ReportedUriTests
{
    [Theory]
    [InlineData("file:///a/b.onnx", "file:///a/b.onnx")]
    [InlineData("https://host/a?token=secret", "https://host/a")]
    [InlineData("https://host/a#secret", "https://host/a")]
    [InlineData("https://user:pass@host/a", "https://host/a")]
    [InlineData("https://user:p@ss@host/a", "https://host/a")]
    [InlineData("https://user:pass@host", "https://host")]
    [InlineData("https://host/a@b", "https://host/a@b")]
    [InlineData("not a uri", "not a uri")]
    [InlineData("https://", "https://")]
    [InlineData("", "")]
    public void A_uri_is_shown_without_credentials_and_query(string uri, string expected) => ReportedUri.Of(uri).Should().Be(expected);
}
