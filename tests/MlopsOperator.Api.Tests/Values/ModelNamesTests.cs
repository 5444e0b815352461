using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class ModelNamesTests
{
    [Theory]
    [InlineData("delays", true)]
    [InlineData("2", true)]
    [InlineData("v1.2.3-rc_1", true)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("$(HOME)", false)]
    [InlineData("{{a}}", false)]
    [InlineData("a\n", false)]
    [InlineData("naïve", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Names_hold_nothing_that_expands_or_splits(string? name, bool expected) => ModelNames.IsName(name, 63).Should().Be(expected);

    [Fact]
    public void A_name_has_a_longest_length()
    {
        ModelNames.IsName(new string('a', 63), 63).Should().BeTrue();
        ModelNames.IsName(new string('a', 64), 63).Should().BeFalse();
    }

    [Theory]
    [InlineData("file:///models/2/model.onnx", true)]
    [InlineData("s3://bucket/key", true)]
    [InlineData("/models/2/model.onnx", false)]
    [InlineData("file:", false)]
    [InlineData("file:///a b", false)]
    [InlineData("File:///a", false)]
    [InlineData("file:///a\n", false)]
    [InlineData("", false)]
    public void Artifacts_are_named_by_URIs_with_a_scheme(string uri, bool expected) => ModelNames.IsUri(uri).Should().Be(expected);
}
