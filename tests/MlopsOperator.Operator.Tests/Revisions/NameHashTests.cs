using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Tests.Revisions;

public sealed class NameHashTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":null,"b":{"c":null}}""", """{"b":{}}""")]
    [InlineData("""[2,null,1,{"b":[],"a":""}]""", """[2,null,1,{"a":"","b":[]}]""")]
    [InlineData("""{ "a" : [ 1 , true , "x" ] }""", """{"a":[1,true,"x"]}""")]
    [InlineData("""{"B":1,"a":1,"A":1}""", """{"A":1,"B":1,"a":1}""")]
    [InlineData("""{"quote\"d":"ü"}""", """{"quote\u0022d":"\u00FC"}""")]
    [InlineData("null", "null")]
    public void Members_are_sorted_and_nulls_left_out_while_elements_keep_their_place(string written, string canonical)
    {
        System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(written))).Should().Be(canonical);
        System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(canonical))).Should().Be(canonical, "it is its own canonical text");
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""[1,2]""", """[2,1]""")]
    [InlineData("""{"a":{}}""", """{}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":1,"b":1}""")]
    public void What_differs_has_another_hash(string one, string other) =>
        NameHash.Of(JsonNode.Parse(one)).Should().NotBe(NameHash.Of(JsonNode.Parse(other)));

    [Fact]
    public void A_hash_may_stand_in_a_name_spells_no_words_and_has_the_wanted_length()
    {
        var hashes = Enumerable.Range(0, 200).Select(number => NameHash.Of(new JsonObject { ["n"] = number }, 12)).ToList();

        hashes.Should().OnlyHaveUniqueItems().And.OnlyContain(hash => hash.Length == 12 && hash.All(letter => "bcdfghjklmnpqrstvwxz2456789".Contains(letter, StringComparison.Ordinal)));
        NameHash.Of(null).Should().HaveLength(10);
    }

    [Fact]
    public void A_hash_is_the_same_in_every_process_and_version() =>
        NameHash.Of(JsonNode.Parse("""{"a":[1,"x",{"b":true}]}""")).Should().Be("jjrnnf758l", "SHA-256 of the canonical text, each byte modulo the alphabet");
}
