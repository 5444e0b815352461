using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Tests.Values;

public sealed class ResourceNamesTests
{
    [Theory]
    [InlineData("delays", true)]
    [InlineData("a", true)]
    [InlineData("llama-7b", true)]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghij", true)]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijk", false)]
    [InlineData("7b-llama", false)]
    [InlineData("Delays", false)]
    [InlineData("delays-", false)]
    [InlineData("-delays", false)]
    [InlineData("delays.v2", false)]
    [InlineData("delays\n", false)]
    [InlineData("délais", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Names_of_deployments_are_short_DNS_labels(string? name, bool expected) =>
        ResourceNames.IsDeploymentName(name).Should().Be(expected);

    [Theory]
    [InlineData("delays.v2", true)]
    [InlineData("7b-llama", true)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("a.b-", false)]
    [InlineData("A", false)]
    [InlineData("", false)]
    public void Names_of_other_objects_are_DNS_subdomains(string name, bool expected) =>
        ResourceNames.IsDns1123Subdomain(name).Should().Be(expected);

    [Fact]
    public void Children_carry_their_revision()
    {
        ResourceNames.Child("delays", "5f7c9d").Should().Be("delays-5f7c9d");
        ResourceNames.Rollout("delays", 12).Should().Be("delays-12");
    }

    [Fact]
    public void A_child_that_could_not_be_a_Service_is_refused()
    {
        var child = () => ResourceNames.Child(new string('a', 60), "5f7c9d");
        child.Should().Throw<ArgumentException>().WithMessage("*cannot be the name of a Service*63*");
    }
}
