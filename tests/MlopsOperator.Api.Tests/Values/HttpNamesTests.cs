using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class HttpNamesTests
{
    [Theory]
    [InlineData("delays.example.com", true)]
    [InlineData("localhost", true)]
    [InlineData("*.example.com", true)]
    [InlineData("delays.prod.svc.cluster.local", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("*", false)]
    [InlineData("a.*.com", false)]
    [InlineData("Delays.example.com", false)]
    [InlineData("delays.example.com:8080", false)]
    [InlineData("delays.example.com.", false)]
    [InlineData("-a.example.com", false)]
    [InlineData("a..b", false)]
    [InlineData("http://a", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Hosts_are_names_in_lower_case_or_wildcards(string? host, bool expected) => HttpNames.IsHost(host).Should().Be(expected);

    [Theory]
    [InlineData("/", true)]
    [InlineData("/v2/models", true)]
    [InlineData("/a%20b", true)]
    [InlineData("delays", false)]
    [InlineData("/a b", false)]
    [InlineData("/a?b=1", false)]
    [InlineData("/a#b", false)]
    [InlineData("/é", false)]
    [InlineData("/\n", false)]
    [InlineData("", false)]
    public void Paths_begin_with_a_slash_and_hold_nothing_else_than_a_path(string path, bool expected) => HttpNames.IsPath(path).Should().Be(expected);

    [Theory]
    [InlineData("x-user-id", true)]
    [InlineData("X_User", true)]
    [InlineData("x user", false)]
    [InlineData("x:user", false)]
    [InlineData("x\r\ny", false)]
    [InlineData("", false)]
    public void Headers_are_tokens(string header, bool expected) => HttpNames.IsHeader(header).Should().Be(expected);

    [Fact]
    public void Lengths_are_limited()
    {
        HttpNames.IsHost(new string('a', 254)).Should().BeFalse();
        HttpNames.IsPath("/" + new string('a', 256)).Should().BeFalse();
        HttpNames.IsHeader(new string('a', 65)).Should().BeFalse();
    }
}
