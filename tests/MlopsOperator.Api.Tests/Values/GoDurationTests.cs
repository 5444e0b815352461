using System.Text.RegularExpressions;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("90s", 90_000, "1m30s")]
    [InlineData("1h30m", 5_400_000, "1h30m")]
    [InlineData("125ms", 125, "125ms")]
    [InlineData("1.5s", 1_500, "1.5s")]
    [InlineData("1.5h", 5_400_000, "1h30m")]
    [InlineData("0.5ms", 0.5, "0.5ms")]
    [InlineData("1h30m0s", 5_400_000, "1h30m")]
    [InlineData("0s", 0, "0s")]
    [InlineData("8760h", 31_536_000_000, "8760h")]
    [InlineData("2m125ms", 120_125, "2m0.125s")]
    public void A_duration_is_read_and_written(string text, double milliseconds, string written)
    {
        GoDuration.TryParse(text, out var duration).Should().BeTrue();
        duration.Value.Should().Be(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)));
        duration.ToString().Should().Be(written);
        GoDuration.TryParse(written, out var again).Should().BeTrue();
        again.Should().Be(duration);
        Regex.IsMatch(text, GoDuration.Pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("10")]
    [InlineData("0")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1h30")]
    [InlineData("5 m")]
    [InlineData("5m ")]
    [InlineData("5d")]
    [InlineData("5M")]
    [InlineData("5m\n")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1..5s")]
    [InlineData("1e3s")]
    [InlineData("٥s")]
    [InlineData("NaNs")]
    [InlineData("22 ns")]
    [InlineData("PT1M30S")]
    [InlineData("00:01:30")]
    [InlineData("8760h1ms")]
    [InlineData("2628000h")]
    [InlineData("99999999999999s")]
    [InlineData("99999999999999999999999999999h")]
    [InlineData("0.00001ms")]
    [InlineData("1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s")]
    public void What_is_no_duration_is_refused(string? text)
    {
        GoDuration.TryParse(text, out var duration).Should().BeFalse();
        duration.Should().Be(default(GoDuration));
    }

    [Fact]
    public void The_error_names_the_field_what_was_found_and_what_was_expected()
    {
        var parse = () => GoDuration.Parse("-5s", "spec.bake");
        parse.Should().Throw<FormatException>().WithMessage("spec.bake: found \"-5s\"; expected a duration of at most one year, such as 90s, 5m or 1h30m");
    }

    [Fact]
    public void Nothing_is_said_to_be_nothing()
    {
        var parse = () => GoDuration.Parse(null, "spec.bake");
        parse.Should().Throw<FormatException>().WithMessage("spec.bake: found nothing; expected *");
    }
}
