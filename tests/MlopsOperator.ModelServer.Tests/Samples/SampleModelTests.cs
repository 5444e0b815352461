using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MlopsOperator.ModelServer.Tests.Servers;
using MlopsOperator.Samples.Training.Delays;
using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.ModelServer.Tests.Samples;

public sealed class SampleModelTests
{
    [Fact]
    public async Task The_models_of_the_demo_are_what_their_training_program_makes()
    {
        var flights = await FlightFile.ReadAsync(Path.Combine(Paths.Samples, "data", "delays.csv.gz"));
        flights.Should().HaveCount(45_254);

        foreach (var (name, bytes) in DelayModels.Train(flights))
        {
            var present = await File.ReadAllBytesAsync(Path.Combine(Paths.Samples, "models", name), TestContext.Current.CancellationToken);
            Digest(present).Should().Be(Digest(bytes), name);
        }
    }

    [Theory]
    [InlineData("31-delays-v1.yaml", "2760247c226e1ad29338a8ed43c5f64bf3d465722e08ce8d5370b19471a42b35", 2)]
    [InlineData("32-delays-v2.yaml", "802300e35a15ff303dd5d8ed0cda77404e84d50cb1ccb74dcacb3d58bb70fd8b", 2)]
    [InlineData("33-delays-v3.yaml", "036bf1b0155f0416b7fec36961743e72a1533d6adfdca17fa6b5f898f3a60bda", 1)]
    public async Task The_manifests_name_the_models_as_they_are_and_their_golden_tests_pass(string manifest, string digest, int tests)
    {
        var spec = (await Manifest.ReadAsync("demo", manifest)).Single()["spec"]!;
        var artifact = spec["artifact"]!;
        var path = Path.Combine(Paths.Samples, "..", "..", ((string)artifact["uri"]!)["file:///".Length..]);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        ((string)artifact["digest"]!).Should().Be("sha256:" + digest).And.Be(Digest(bytes));
        ((long)artifact["sizeBytes"]!).Should().Be(bytes.Length);
        spec["tests"]!.AsArray().Should().HaveCount(tests);
        await using var server = await TestServer.StartAsync(TestServer.Options(path));
        JsonNode.DeepEquals(Signature((await server.GetAsync("/v2/models/delays")).Json), Signature(spec["signature"]!)).Should().BeTrue();
        foreach (var test in spec["tests"]!.AsArray())
        {
            test!["expect"]!.ShouldBeAnsweredBy(await server.InferAsync(test["request"]!.ToJsonString()), (double)test["tolerance"]!["absolute"]!);
        }
    }

    [Fact]
    public async Task A_model_whose_classes_were_swapped_in_its_export_fails_the_golden_requests_that_say_what_was_meant()
    {
        var spec = (await Manifest.ReadAsync("demo", "34-delays-v4.yaml")).Single()["spec"]!;
        var path = Path.Combine(Paths.Samples, "..", "..", ((string)spec["artifact"]!["uri"]!)["file:///".Length..]);
        ((string)spec["artifact"]!["digest"]!).Should().Be(Digest(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

        await using var server = await TestServer.StartAsync(TestServer.Options(path));
        var test = spec["tests"]![0]!;
        var answer = (await server.InferAsync(test["request"]!.ToJsonString())).Json["outputs"]![0]!["data"]!.AsArray().Select(label => (long)label!);

        answer.Should().Equal(test["expect"]!["outputs"]![0]!["data"]!.AsArray().Select(label => 1 - (long)label!));
    }

    [Fact]
    public async Task The_first_deployment_names_its_model_as_it_is_in_at_most_20_lines()
    {
        var path = Path.Combine(Paths.Samples, "first", "delays.yaml");
        (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Length.Should().BeLessThanOrEqualTo(20);
        var artifact = (await Manifest.ReadAsync("first", "delays.yaml"))[0]["spec"]!["artifact"]!;

        var bytes = await File.ReadAllBytesAsync(Path.Combine(Paths.Samples, "..", "..", ((string)artifact["uri"]!)["file:///".Length..]), TestContext.Current.CancellationToken);

        ((string)artifact["digest"]!).Should().Be(Digest(bytes));
    }

    private static JsonObject Signature(JsonNode of) => new() { ["inputs"] = of["inputs"]!.DeepClone(), ["outputs"] = of["outputs"]!.DeepClone() };

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
