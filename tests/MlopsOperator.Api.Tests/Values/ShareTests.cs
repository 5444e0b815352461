using System.Text.RegularExpressions;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class ShareTests
{
    [Theory]
    [InlineData("10%", 1_000, "10%")]
    [InlineData("2.5%", 250, "2.5%")]
    [InlineData("0.1%", 10, "0.1%")]
    [InlineData("0.01%", 1, "0.01%")]
    [InlineData("33.33%", 3_333, "33.33%")]
    [InlineData("0%", 0, "0%")]
    [InlineData("100%", 10_000, "100%")]
    [InlineData("100.00%", 10_000, "100%")]
    [InlineData("0.025", 250, "2.5%")]
    [InlineData("0.0001", 1, "0.01%")]
    [InlineData("1", 10_000, "100%")]
    [InlineData("0", 0, "0%")]
    public void A_share_is_read_and_written(string text, int tenThousandths, string written)
    {
        Share.TryParse(text, out var share).Should().BeTrue();
        share.TenThousandths.Should().Be(tenThousandths);
        share.Fraction.Should().Be(tenThousandths / 10_000.0);
        share.ToString().Should().Be(written);
        Share.Parse(written, "spec.x").Should().Be(share);
        Matches(text).Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("5")]
    [InlineData("105%")]
    [InlineData("100.01%")]
    [InlineData("-5%")]
    [InlineData("+5%")]
    [InlineData("NaN")]
    [InlineData("NaN%")]
    [InlineData("Infinity")]
    [InlineData("1e2%")]
    [InlineData("1e-1")]
    [InlineData("33.333%")]
    [InlineData("0.00001")]
    [InlineData("1.0001")]
    [InlineData("5 %")]
    [InlineData(" 5%")]
    [InlineData("5%%")]
    [InlineData("5%\n")]
    [InlineData(".5%")]
    [InlineData("5.%")]
    [InlineData("1,000")]
    [InlineData("٥%")]
    [InlineData("ten")]
    public void What_is_no_share_is_refused(string? text)
    {
        Share.TryParse(text, out _).Should().BeFalse();
        (text is not null && Matches(text)).Should().BeFalse("the schema's pattern refuses it too");
    }

    [Fact]
    public void The_error_names_the_field_what_was_found_and_what_was_expected()
    {
        var parse = () => Share.Parse("105%", "spec.canary.steps[0].weight");
        parse.Should().Throw<FormatException>().WithMessage("spec.canary.steps[0].weight: found \"105%\"; expected a share between 0% and 100%*");
    }

    [Fact]
    public void Shares_compare_by_size()
    {
        var shares = new[] { new Share(500), new Share(10_000), new Share(0) };
        shares.Order().Should().Equal(new Share(0), new Share(500), new Share(10_000));
        (shares[0] < shares[1] && shares[1] > shares[2] && shares[0] >= shares[2] && shares[0] <= shares[1]).Should().BeTrue();
    }

    // "$" of .NET also matches before a last line feed; RE2, which API servers use, does not.
    private static bool Matches(string text) =>
        Regex.IsMatch(text, Share.Pattern.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
