using Microsoft.Extensions.Logging;
using MlopsOperator.ModelServer.Tests.Servers;
using MlopsOperator.Samples.Training.Onnx;

namespace MlopsOperator.ModelServer.Tests.Health;

public sealed class ModelLoadingTests : IDisposable
{
    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task A_file_that_is_no_model_never_gets_ready_and_says_why()
    {
        var path = await models.WriteAsync("<html>not found</html>"u8.ToArray());
        await using var server = await TestServer.StartAsync(TestServer.Options(path));

        var ready = await server.GetAsync("/v2/health/ready");

        ready.Status.Should().Be(503);
        ((bool)ready.Json["ready"]!).Should().BeFalse();
        ready.Error.Should().StartWith($"the model cannot be served: ONNX Runtime cannot load {path}: ").And.Contain("Protobuf parsing failed");
        (await server.GetAsync("/v2/health/live")).Status.Should().Be(200, "a crash loop would hide the reason");
        server.Log.At(LogLevel.Error).Should().ContainSingle().Which.Should().Contain("never gets ready").And.Contain("Protobuf parsing failed");
    }

    [Fact]
    public async Task A_model_that_is_not_ready_answers_503_with_the_reason_everywhere()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options("/nowhere/model.onnx"));
        const string Reason = "the model cannot be served: there is no file /nowhere/model.onnx (MODEL_PATH)";

        var infer = await server.InferAsync(Requests.One());
        var ready = await server.GetAsync("/v2/models/delays/ready");
        var metadata = await server.GetAsync("/v2/models/delays");

        infer.Should().Match<Reply>(reply => reply.Status == 503 && reply.Error == Reason);
        infer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        ready.Should().Match<Reply>(reply => reply.Status == 503 && reply.Error == Reason);
        metadata.Should().Match<Reply>(reply => reply.Status == 503 && reply.Error == Reason);
        (await server.GetAsync("/metrics")).Body.Should().Contain("mlops_model_server_model_ready{model=\"delays\",version=\"2\"} 0");
    }

    [Fact]
    public async Task An_empty_file_is_no_model()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.WriteAsync([])));

        (await server.GetAsync("/v2/health/ready")).Error.Should().StartWith("the model cannot be served: ONNX Runtime cannot load ");
    }

    [Fact]
    public async Task A_folder_is_no_model()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(Path.GetTempPath()));

        (await server.GetAsync("/v2/health/ready")).Error.Should().EndWith("it is a folder");
    }

    [Fact]
    public async Task A_truncated_model_is_refused()
    {
        var whole = await File.ReadAllBytesAsync(Paths.Model("delays-v2"), TestContext.Current.CancellationToken);
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.WriteAsync(whole[..(whole.Length / 2)])));

        (await server.GetAsync("/v2/health/ready")).Status.Should().Be(503);
    }

    [Fact]
    public async Task An_operator_that_nobody_knows_is_named()
    {
        var path = await models.WriteAsync(graph =>
        {
            graph.Node("Enchant", [graph.Input("x", TensorType.Float, [null])], "y");
            graph.Output("y", TensorType.Float, [null]);
        });
        await using var server = await TestServer.StartAsync(TestServer.Options(path));

        (await server.GetAsync("/v2/health/ready")).Error.Should().Contain("Enchant");
    }

    [Fact]
    public async Task An_output_that_no_tensor_can_carry_is_refused_by_name()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.SequenceAsync()));

        (await server.GetAsync("/v2/health/ready")).Error.Should().Be(
            "the model cannot be served: output 'y' is of the kind ONNX_TYPE_SEQUENCE; the Open Inference Protocol has tensors only. Export the model with tensors");
    }

    [Fact]
    public async Task A_model_that_fails_on_zeros_serves_all_the_same()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.FailingOnZerosAsync()));

        (await server.GetAsync("/v2/health/ready")).Status.Should().Be(200);
        server.Log.At(LogLevel.Warning).Should().ContainSingle().Which.Should().Contain("fails on one row of zeros");
        (await server.InferAsync("""{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[5]}]}""")).Data("y").Should().Be("[20]");
    }

    [Fact]
    public async Task A_model_that_takes_too_long_to_load_is_given_up_with_the_limit()
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(Paths.Model("delays-v2")) with { LoadTimeout = TimeSpan.Zero });

        (await server.GetAsync("/v2/health/ready")).Error.Should().EndWith("(LOAD_TIMEOUT_SECONDS)");
    }
}
