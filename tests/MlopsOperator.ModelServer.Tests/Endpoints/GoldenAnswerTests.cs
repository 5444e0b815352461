using System.Text.Json.Nodes;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

public sealed class GoldenAnswerTests
{
    [Theory]
    [InlineData("delays-v1")]
    [InlineData("delays-v2")]
    [InlineData("delays-v3")]
    [InlineData("shape-named")]
    [InlineData("shape-zipmap")]
    [InlineData("shape-scalar")]
    [InlineData("shape-dropping")]
    public async Task A_model_gives_its_recorded_answers(string model)
    {
        await using var server = await TestServer.StartAsync(model);
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Paths.Golden, model + ".json"), TestContext.Current.CancellationToken))!;
        foreach (var test in golden["cases"]!.AsArray())
        {
            var reply = await server.InferAsync(test!["request"]!.ToJsonString());

            if (test["expect"] is { } expected)
            {
                expected.ShouldBeAnsweredBy(reply, (double)test["tolerance"]!["absolute"]!);
            }
            else
            {
                reply.Status.Should().Be(500);
            }
        }
    }

    [Fact]
    public async Task Delays_v3_fails_on_a_row_without_route_history_by_its_own_fault()
    {
        await using var server = await TestServer.StartAsync("delays-v3");

        var reply = await server.InferAsync(Requests.Features("[1,12]", "[0.28,4,4,2355,null,null,null,55.2,null,null,1,-3]"));

        reply.Status.Should().Be(500, "a 400 would hide the fault from whoever counts errors");
        reply.Error.Should().Be("the model failed on this request: indices element out of data bounds, idx=10 must be within the inclusive range [-10,9]");
        (await server.InferAsync(Requests.One())).Status.Should().Be(200, "other requests are not touched");
    }

    [Fact]
    public async Task Maps_are_columns_and_their_keys_are_told()
    {
        await using var server = await TestServer.StartAsync("shape-zipmap");

        var reply = await server.InferAsync(Requests.One());
        var metadata = await server.GetAsync("/v2/models/delays");

        reply.Output("output_probability")["parameters"]!.ToJsonString().Should().Be("""{"labels":"[0,1]"}""");
        metadata.Json["outputs"]![1]!.ToJsonString().Should().Be("""{"name":"output_probability","datatype":"FP32","shape":[-1,2],"parameters":{"labels":"[0,1]"}}""");
    }

    [Fact]
    public async Task Keys_of_maps_may_be_text()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.TextMapAsync()));

        var reply = await server.InferAsync("""{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[[0.25,0.75],[1,0]]}]}""");

        reply.Status.Should().Be(200, reply.Body);
        reply.Shape("y").Should().Be("[2,2]");
        ((string)reply.Output("y")["parameters"]!["labels"]!).Should().Be("""["late, by an hour","on time"]""", "ONNX Runtime sorts the keys");
        reply.Data("y").Should().Be("[0.75,0.25,0,1]");
    }

    [Fact]
    public async Task Rows_that_a_model_drops_are_not_made_up()
    {
        await using var server = await TestServer.StartAsync("shape-dropping");

        var reply = await server.InferAsync(Requests.Features("[2,12]", $"[{Requests.Row},null,4,4,1431,42.2,35.8,81.1,54.8,37,10,3.9,-2]"));

        reply.Shape("label").Should().Be("[1]");
    }

    [Fact]
    public async Task Columns_that_disagree_in_their_rows_are_refused_by_name()
    {
        await using var server = await TestServer.StartAsync("shape-named");
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Paths.Golden, "shape-named.json"), TestContext.Current.CancellationToken))!;
        var request = golden["cases"]![0]!["request"]!;
        request["inputs"]![3]!["shape"] = new JsonArray(9, 1);
        request["inputs"]![3]!["data"]!.AsArray().RemoveAt(9);

        var reply = await server.InferAsync(request.ToJsonString());

        reply.Status.Should().Be(400);
        reply.Error.Should().Be("inputs 'hour' and 'distance' must agree in the dimension N: found 10 and 9");
    }

    [Theory]
    [InlineData("[0.25]")]
    [InlineData("0.25")]
    public async Task A_scalar_may_be_an_array_of_one_or_a_bare_value(string data)
    {
        await using var server = await TestServer.StartAsync("shape-scalar");

        var reply = await server.InferAsync($$"""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","data":[{{Requests.Row}}]},{"name":"threshold","shape":[],"datatype":"FP32","data":{{data}}}]}""");

        reply.Status.Should().Be(200, reply.Body);
        reply.Shape("share").Should().Be("[]");
        reply.Data("share").Should().Be("[1]");
    }
}
