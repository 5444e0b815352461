using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Tests.Requests;

/// <summary>Characters beyond the basic plane, which JSON may escape as two halves and YAML may not.</summary>
public sealed class SurrogateEscapeTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps/a";

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"face":"\uD83D\uDE00"}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"face":"\\\ud83d\ude00"}}""")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\ndata: {face: \"\\ud83d\\ude00\"}")]
    public async Task Server_side_apply_reads_YAML_and_refuses_escaped_halves(string body)
    {
        await using var cluster = await StartAsync();

        var refused = await cluster.ApplyAsAsync("one", Path, body);

        refused.Status.Should().Be(400);
        ((string?)refused.Body["message"]).Should().StartWith("error decoding YAML: ");
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"face":"😀"}}""", "😀")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"face":"\\uD83D"}}""", "\\uD83D")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"face":"\u00e9"}}""", "é")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\ndata: {face: '\\ud83d'}", "\\ud83d")]
    public async Task All_other_texts_are_applied_as_they_are(string body, string face)
    {
        await using var cluster = await StartAsync();

        var applied = await cluster.ApplyAsAsync("one", Path, body);

        (applied.Status, (string?)applied.Body["data"]!["face"]).Should().Be((201, face));
    }

    [Fact]
    public async Task A_create_reads_JSON_and_takes_them_and_answers_with_the_character()
    {
        await using var cluster = await StartAsync();

        var created = await cluster.SendAsync(
            "POST", Path[..^2], Encoding.UTF8.GetBytes("""{"metadata":{"name":"a"},"data":{"face":"\uD83D\uDE00"}}"""), cancellationToken: TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(created.Body.Span).Should().Contain("\"face\":\"😀\"");
    }

    [Fact]
    public async Task Manifests_of_a_test_may_have_them_escaped_or_not()
    {
        await using var cluster = await StartAsync();

        await cluster.ApplyAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {face: 😀}", TestContext.Current.CancellationToken);

        ((string?)(await cluster.CallAsync("GET", Path)).Body["data"]!["face"]).Should().Be("😀");
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("\\uD83D\\uDE00")]
    [InlineData("a\\😀\"é\n")]
    public void What_is_written_reads_as_it_was_and_has_no_such_escape(string text)
    {
        var json = JsonBytes.Write(JsonValue.Create(text));

        SurrogateEscapes.AreIn(json).Should().BeFalse();
        JsonNode.Parse(json)!.GetValue<string>().Should().Be(text);
    }

    private static Task<EmbeddedCluster> StartAsync() => EmbeddedCluster.StartAsync(o => o.ApiOnly = true, TestContext.Current.CancellationToken);
}
