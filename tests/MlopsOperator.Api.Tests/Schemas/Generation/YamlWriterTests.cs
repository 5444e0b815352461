using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Tests.Manifests;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("plain words")]
    [InlineData("yes")]
    [InlineData("True")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1.5")]
    [InlineData("0x1F")]
    [InlineData("1e3")]
    [InlineData("2026-01-02")]
    [InlineData("a: b")]
    [InlineData("a:")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData("- a")]
    [InlineData("{a}")]
    [InlineData("[a]")]
    [InlineData("&a")]
    [InlineData("*a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("a ")]
    [InlineData(" a")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("it's \"quoted\" \\ here")]
    [InlineData("^[a-z]([-a-z0-9]*[a-z0-9])?$")]
    [InlineData("≤ 5 %")]
    [InlineData(".status.conditions[?(@.type==\"Ready\")].status")]
    public void A_text_comes_back_as_the_same_text(string text)
    {
        var written = YamlWriter.Write(new JsonObject { ["value"] = text, ["list"] = new JsonArray(text, new JsonObject { ["in"] = text }) });
        var read = YamlJson.Read(written).Single();
        read["value"]!.GetValue<string>().Should().Be(text);
        read["list"]![0]!.GetValue<string>().Should().Be(text);
        read["list"]![1]!["in"]!.GetValue<string>().Should().Be(text);
    }

    [Fact]
    public void Other_values_come_back_too()
    {
        var written = new JsonObject
        {
            ["whole"] = 12,
            ["real"] = 0.95,
            ["yes"] = true,
            ["nothing"] = null,
            ["map"] = new JsonObject(),
            ["list"] = new JsonArray(),
            ["deep"] = new JsonObject { ["a"] = new JsonArray(new JsonObject { ["b"] = new JsonArray(1, 2), ["c"] = new JsonObject { ["d"] = false } }) },
        };
        JsonNode.DeepEquals(YamlJson.Read(YamlWriter.Write(written).Replace("{}", "{ }", StringComparison.Ordinal)).Single(), written).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void A_definition_is_the_same_in_YAML_as_in_JSON(Type kind) =>
        JsonNode.DeepEquals(YamlJson.Read(GeneratedCrds.Generator.Generate(kind)).Single(), JsonNode.Parse(GeneratedCrds.Generator.Definition(kind).ToJsonString()))
            .Should().BeTrue();

    [Fact]
    public void A_list_in_a_list_is_refused()
    {
        var write = () => YamlWriter.Write(new JsonObject { ["a"] = new JsonArray(new JsonArray(1)) });
        write.Should().Throw<NotSupportedException>().WithMessage("*a list in a list*");
    }
}
