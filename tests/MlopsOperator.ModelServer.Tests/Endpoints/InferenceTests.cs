using System.Globalization;
using System.Text;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>C numbers are those of Conformance.md.</summary>
public sealed class InferenceTests(DelaysServer shared) : IClassFixture<DelaysServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("/v2/models/delays/infer")]
    [InlineData("/v2/models/delays/versions/2/infer")]
    public async Task C10_flat_data_is_answered_with_all_outputs_in_the_models_order(string path)
    {
        var reply = await server.InferAsync(Requests.One(), path);

        reply.Status.Should().Be(200);
        reply.Body.Should().Be("""{"model_name":"delays","model_version":"2","outputs":[{"name":"label","datatype":"INT64","shape":[1],"data":[0]},{"name":"score","datatype":"FP32","shape":[1],"data":[0.2301046]}]}""");
        reply.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        reply.ContentHeaders.ContentLength.Should().Be(Encoding.UTF8.GetByteCount(reply.Body));
    }

    [Fact]
    public async Task C11_nested_data_is_the_same_data() =>
        (await server.InferAsync(Requests.Features("[2,12]", $"[[{Requests.Row}],[{Requests.Row}]]"))).Body
            .Should().Be((await server.InferAsync(Requests.Features("[2,12]", $"[{Requests.Rows(2)}]"))).Body);

    [Fact]
    public async Task C12_a_batch_has_a_row_for_each()
    {
        var reply = await server.InferAsync(Requests.Features("[3,12]", $"[{Requests.Rows(3)}]"));

        reply.Shape("label").Should().Be("[3]");
        reply.Data("score").Should().Be("[0.2301046,0.2301046,0.2301046]");
    }

    [Fact]
    public async Task C14_the_id_comes_back_as_it_was()
    {
        ((string)(await server.InferAsync(Requests.One(""","id":"42é \" \\" """))).Json["id"]!).Should().Be("42é \" \\");
        (await server.InferAsync(Requests.One())).Json.ContainsKey("id").Should().BeFalse();
    }

    [Fact]
    public async Task C16_only_the_outputs_that_were_asked_for_come_in_that_order()
    {
        (await server.InferAsync(Requests.One(""","outputs":[{"name":"score"}]"""))).Json["outputs"]!.AsArray().Should().ContainSingle();
        var both = await server.InferAsync(Requests.One(""","outputs":[{"name":"score","parameters":{"binary_data":false}},{"name":"label"}]"""));
        both.Json["outputs"]!.AsArray().Select(output => (string)output!["name"]!).Should().Equal("score", "label");
    }

    [Fact]
    public async Task C18_no_outputs_asked_for_are_all() => (await server.InferAsync(Requests.One(""","outputs":[]"""))).Json["outputs"]!.AsArray().Should().HaveCount(2);

    [Fact]
    public async Task C31_unknown_fields_and_parameters_are_ignored() =>
        (await server.InferAsync("""{"model_name":"other","parameters":{"a":1,"b":"x","c":true},"later":[{"inputs":[]}],"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","parameters":{"content_type":"np"},"more":{"data":[1]},"data":["""
            + Requests.Row + "]}]}")).Status.Should().Be(200);

    [Fact]
    public async Task C33_no_rows_are_answered_with_no_rows()
    {
        var reply = await server.InferAsync(Requests.Features("[0,12]", "[]"));

        reply.Status.Should().Be(200, reply.Body);
        reply.Shape("label").Should().Be("[0]");
        reply.Data("label").Should().Be("[]");
    }

    [Fact]
    public async Task C41_without_a_content_type_the_body_is_json()
    {
        (await server.PostAsync("/v2/models/delays/infer", Encoding.UTF8.GetBytes(Requests.One()), type: null)).Status.Should().Be(200);
        (await server.PostAsync("/v2/models/delays/infer", Encoding.UTF8.GetBytes(Requests.One()), "application/json; charset=utf-8")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task C41_another_content_type_is_415(string type)
    {
        var reply = await server.PostAsync("/v2/models/delays/infer", Encoding.UTF8.GetBytes(Requests.One()), type);

        reply.Status.Should().Be(415);
        reply.Error.Should().Be($"content-type \"{type}\" is not taken; expected application/json");
    }

    [Fact]
    public async Task A_compressed_body_is_415() =>
        (await server.PostAsync("/v2/models/delays/infer", [1, 2, 3], "application/json", request => request.Content!.Headers.ContentEncoding.Add("gzip"))).Status.Should().Be(415);

    [Fact]
    public async Task Fields_may_come_in_any_order() =>
        (await server.InferAsync($$"""{"outputs":[],"id":"a","inputs":[{"data":[[{{Requests.Row}}]],"parameters":{},"datatype":"FP32","shape":[1,12],"name":"features"}]}""")).Data("score").Should().Be("[0.2301046]");

    [Fact]
    public async Task A_missing_value_is_null_or_the_text_NaN()
    {
        var withNull = await server.InferAsync(Requests.Features("[1,12]", "[0.33,4,4,1431,null,35.8,81.1,54.8,37,10,3.9,-2]"));
        var withText = await server.InferAsync(Requests.Features("[1,12]", """[0.33,4,4,1431,"NaN",35.8,81.1,54.8,37,10,3.9,-2]"""));

        withNull.Status.Should().Be(200, withNull.Body);
        withText.Body.Should().Be(withNull.Body);
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_whole()
    {
        var body = Encoding.UTF8.GetBytes(Requests.Features("[500,12]", $"[{Requests.Rows(500)}]"));

        var reply = await server.PostAsync("/v2/models/delays/infer", body, "application/json", request => request.Headers.TransferEncodingChunked = true);

        reply.Status.Should().Be(200, reply.Body);
        reply.Shape("label").Should().Be("[500]");
    }

    [Fact]
    public async Task Many_requests_at_once_get_each_its_own_answer()
    {
        var replies = await Task.WhenAll(Enumerable.Range(1, 40).Select(count =>
        {
            var rows = count.ToString(CultureInfo.InvariantCulture);
            return server.InferAsync(Requests.Features($"[{rows},12]", $"[{Requests.Rows(count)}]", more: $",\"id\":\"{rows}\""));
        }));

        replies.Select(reply => reply.Status).Should().AllBeEquivalentTo(200);
        replies.Select(reply => $"[{(string)reply.Json["id"]!}]").Should().Equal(replies.Select(reply => reply.Shape("label")));
    }
}
