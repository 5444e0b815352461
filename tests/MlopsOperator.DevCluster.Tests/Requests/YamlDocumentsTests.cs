using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using YamlDotNet.Core;

namespace MlopsOperator.DevCluster.Tests.Requests;

public sealed class YamlDocumentsTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: 0644", """{"a":"0644"}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: yes", """{"a":"yes"}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a: {b: [1, x]}", """{"a":{"b":[1,"x"]}}""")]
    [InlineData("a: |\n  one\n  two\n", """{"a":"one\ntwo\n"}""")]
    public void Scalars_are_read_by_the_JSON_schema_of_YAML(string yaml, string json) =>
        JsonNode.DeepEquals(YamlDocuments.Parse(yaml).Single(), JsonNode.Parse(json)).Should().BeTrue();

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: 1\na: 2")]
    [InlineData("? [x]\n: 1")]
    public void What_is_no_manifest_is_refused(string yaml)
    {
        var parse = () => YamlDocuments.Parse(yaml);

        parse.Should().Throw<YamlException>();
    }

    [Fact]
    public void Aliases_cannot_grow_without_limit()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 8).Select(i =>
            FormattableString.Invariant($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat(FormattableString.Invariant($"*a{i - 1}"), 10))}]\n")));

        var parse = () => YamlDocuments.Parse(text);

        parse.Should().Throw<YamlException>().WithMessage("*more than 200000 values*");
    }
}
