using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class DigestTests
{
    private const string Hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public void A_digest_is_read_and_written()
    {
        Digest.TryParse("sha256:" + Hex, out var digest).Should().BeTrue();
        digest.Hex.Should().Be(Hex);
        digest.ToString().Should().Be("sha256:" + Hex).And.HaveLength(Digest.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Hex)]
    [InlineData("sha256:")]
    [InlineData("sha512:" + Hex)]
    [InlineData("sha256:" + Hex + "0")]
    [InlineData("SHA256:" + Hex)]
    [InlineData("sha256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08")]
    [InlineData("sha256:gf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void What_is_no_digest_is_refused(string? text)
    {
        Digest.TryParse(text, out _).Should().BeFalse();
        var parse = () => Digest.Parse(text, "spec.artifact.digest");
        parse.Should().Throw<FormatException>().WithMessage("spec.artifact.digest: found *; expected sha256: and 64 hexadecimal digits*");
    }
}
