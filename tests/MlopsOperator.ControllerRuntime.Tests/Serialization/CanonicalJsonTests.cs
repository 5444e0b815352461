using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Serialization;

namespace MlopsOperator.ControllerRuntime.Tests.Serialization;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Members_are_sorted_ordinally_at_every_depth_and_nulls_are_left_out_of_objects_alone()
    {
        var node = JsonNode.Parse("""{"b":1,"a":{"z":null,"y":[null,{"d":2,"c":3}],"B":4},"_":"x"}""");

        Encoding.UTF8.GetString(CanonicalJson.Write(node)).Should().Be("""{"_":"x","a":{"B":4,"y":[null,{"c":3,"d":2}]},"b":1}""");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(100_000)]
    public void Texts_of_any_length_are_written_whole_and_the_hash_is_theirs(int length)
    {
        // More members than fit a first buffer, and one that fits none.
        var node = new JsonObject { ["text"] = new string('x', length), ["items"] = new JsonArray([.. Enumerable.Range(0, length / 10).Select(item => JsonValue.Create(item))]) };
        var text = node.ToJsonString();
        var expected = $$"""{"items":{{node["items"]!.ToJsonString()}},"text":"{{new string('x', length)}}"}""";

        var written = CanonicalJson.Write(node);

        Encoding.UTF8.GetString(written).Should().Be(expected).And.HaveLength(text.Length);
        CanonicalJson.Hash(node).Should().Be(Convert.ToHexStringLower(SHA256.HashData(written)));
    }

    [Fact]
    public void A_hash_allocates_little_as_each_child_is_hashed_at_each_reconciliation()
    {
        var node = new JsonObject([.. Enumerable.Range(0, 100).Select(item => KeyValuePair.Create(FormattableString.Invariant($"member-{item}"), (JsonNode?)JsonValue.Create("a text of some length")))]);
        CanonicalJson.Hash(node);
        var before = GC.GetAllocatedBytesForCurrentThread();

        CanonicalJson.Hash(node);

        // The members in order, the writer, and the hash: less than the text, which has 3.5 KiB.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(CanonicalJson.Write(node).Length);
    }
}
