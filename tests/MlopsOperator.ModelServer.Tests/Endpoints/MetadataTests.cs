using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>C numbers are those of Conformance.md.</summary>
public sealed class MetadataTests(DelaysServer shared) : IClassFixture<DelaysServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task C01_live_answers() => (await server.GetAsync("/v2/health/live")).Should().Match<Reply>(reply => reply.Status == 200 && reply.Body == """{"live":true}""");

    [Fact]
    public async Task C02_ready_answers_once_the_model_is_warm() =>
        (await server.GetAsync("/v2/health/ready")).Should().Match<Reply>(reply => reply.Status == 200 && reply.Body == """{"ready":true,"live":true}""");

    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/")]
    public async Task C03_server_metadata_is_at_both_paths(string path)
    {
        var reply = await server.GetAsync(path);

        reply.Status.Should().Be(200);
        ((string)reply.Json["name"]!).Should().Be("mlops-operator-model-server");
        ((string)reply.Json["version"]!).Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        reply.Json["extensions"]!.AsArray().Should().NotBeNull();
    }

    [Theory]
    [InlineData("/v2/models/delays")]
    [InlineData("/v2/models/delays/versions/2")]
    public async Task C04_C05_model_metadata_has_open_dimensions_as_minus_one(string path) =>
        (await server.GetAsync(path)).Body.Should().Be(
            """{"name":"delays","versions":["2"],"platform":"onnx_onnxv1","inputs":[{"name":"features","datatype":"FP32","shape":[-1,12]}],"outputs":[{"name":"label","datatype":"INT64","shape":[-1]},{"name":"score","datatype":"FP32","shape":[-1]}]}""");

    [Theory]
    [InlineData("/v2/models/delays/versions/9", "the version '9' is not here; this server has '2'")]
    [InlineData("/v2/models/delays/versions/9/ready", "the version '9' is not here; this server has '2'")]
    [InlineData("/v2/models/arrivals", "the model 'arrivals' is not here; this server has 'delays'")]
    [InlineData("/v2/models/Delays/ready", "the model 'Delays' is not here; this server has 'delays'")]
    [InlineData("/v3", "there is nothing at this path; models are at /v2/models/{name}")]
    public async Task C06_C07_what_is_not_here_is_404_and_says_what_is(string path, string error)
    {
        var reply = await server.GetAsync(path);

        reply.Status.Should().Be(404);
        reply.Error.Should().Be(error);
    }

    [Theory]
    [InlineData("/v2/models/arrivals/infer")]
    [InlineData("/v2/models/delays/versions/1/infer")]
    public async Task C07_inference_of_an_unknown_model_is_404(string path) => (await server.InferAsync(Requests.One(), path)).Status.Should().Be(404);

    [Theory]
    [InlineData("/v2/models/delays/ready")]
    [InlineData("/v2/models/delays/versions/2/ready")]
    public async Task C08_model_ready_names_the_model(string path) => (await server.GetAsync(path)).Body.Should().Be("""{"name":"delays","ready":true}""");

    [Fact]
    public async Task C09_a_wrong_method_is_405_and_says_the_right_one()
    {
        var infer = await server.GetAsync("/v2/models/delays/infer");
        var metadata = await server.InferAsync("{}", "/v2/models/delays");

        infer.Status.Should().Be(405);
        infer.ContentHeaders.Allow.Should().Equal("POST");
        metadata.Status.Should().Be(405);
        metadata.ContentHeaders.Allow.Should().Equal("GET");
        metadata.Error.Should().Contain("expected GET");
    }

    [Fact]
    public async Task C45_a_model_name_is_decoded_once()
    {
        await using var accented = await TestServer.StartAsync(TestServer.Options(Paths.Model("delays-v1")) with { ModelName = "vé %41" });

        (await accented.GetAsync("/v2/models/v%C3%A9%20%2541")).Status.Should().Be(200);
        (await accented.GetAsync("/v2/models/v%C3%A9%20A")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_model_without_a_version_has_none_in_metadata_and_answers()
    {
        await using var unversioned = await TestServer.StartAsync(TestServer.Options(Paths.Model("delays-v1")) with { ModelVersion = null });

        (await unversioned.GetAsync("/v2/models/delays")).Json.ContainsKey("versions").Should().BeFalse();
        (await unversioned.InferAsync(Requests.One())).Json.ContainsKey("model_version").Should().BeFalse();
        (await unversioned.GetAsync("/v2/models/delays/versions/1")).Error.Should().Contain("no version");
    }

    [Fact]
    public async Task Half_precision_is_told_as_it_is()
    {
        await using var half = await TestServer.StartAsync("shape-half");

        (await half.GetAsync("/v2/models/delays")).Json["inputs"]!.ToJsonString().Should().Be("""[{"name":"features","datatype":"FP16","shape":[-1,12]}]""");
    }

    [Fact]
    public async Task The_answers_do_not_tell_which_server_software_it_is() =>
        (await server.GetAsync("/v2")).Headers.Server.Should().BeEmpty();
}
