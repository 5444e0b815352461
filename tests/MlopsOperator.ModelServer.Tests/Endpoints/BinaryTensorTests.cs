using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ModelServer.Tests.Servers;
using MlopsOperator.Samples.Training.Onnx;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>The binary tensor extension. C numbers are those of Conformance.md.</summary>
public sealed class BinaryTensorTests(DelaysServer shared) : IClassFixture<DelaysServer>, IDisposable
{
    private const string Path = "/v2/models/delays/infer";
    private static readonly float[] Row = [.. Requests.Row.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
    private readonly TestModels models = new();
    private readonly TestServer server = shared.Server;

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task C03_the_extension_is_announced() =>
        (await server.GetAsync("/v2")).Json["extensions"]!.ToJsonString().Should().Be("""["binary_tensor_data"]""");

    [Fact]
    public async Task C35_binary_in_json_out()
    {
        var answer = await SendAsync(server, Header("[1,12]", "FP32", 48, "features"), Bytes(Row));

        answer.Status.Should().Be(200, answer.Text);
        answer.JsonLength.Should().BeNull();
        answer.Text.Should().Be((await server.InferAsync(Requests.One())).Body);
    }

    [Fact]
    public async Task C36_binary_out_adds_up()
    {
        var answer = await SendAsync(server, Header("[2,12]", "FP32", 96, "features", ",\"parameters\":{\"binary_data_output\":true}"), Bytes([.. Row, .. Row]));

        answer.Status.Should().Be(200, answer.Text);
        answer.Type.Should().Be("application/octet-stream");
        answer.Json["outputs"]!.ToJsonString().Should().Be(
            """[{"name":"label","datatype":"INT64","shape":[2],"parameters":{"binary_data_size":16}},{"name":"score","datatype":"FP32","shape":[2],"parameters":{"binary_data_size":8}}]""");
        answer.Binary.Length.Should().Be(24);
        MemoryMarshal.Cast<byte, float>(answer.Binary.AsSpan(16)).ToArray().Should().Equal(0.2301046f, 0.2301046f);
    }

    [Fact]
    public async Task C36_one_output_may_differ_from_the_others()
    {
        const string More = ",\"outputs\":[{\"name\":\"score\",\"parameters\":{\"binary_data\":false}},{\"name\":\"label\"}],\"parameters\":{\"binary_data_output\":true}";

        var answer = await SendAsync(server, Header("[1,12]", "FP32", 48, "features", More), Bytes(Row));

        answer.Json["outputs"]![0]!["data"]!.ToJsonString().Should().Be("[0.2301046]");
        answer.Json["outputs"]![1]!.AsObject().ContainsKey("data").Should().BeFalse();
        answer.Binary.Should().Equal(new byte[8]);
    }

    [Theory]
    [InlineData("1000000")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("99999999999999")]
    public async Task C37_a_header_that_is_no_length_is_400(string length)
    {
        var reply = await server.PostAsync(Path, Encoding.UTF8.GetBytes(Requests.One()), "application/octet-stream", request => request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", length));

        reply.Status.Should().Be(400);
        reply.Error.Should().StartWith($"Inference-Header-Content-Length: found \"{length}\"; expected ");
    }

    [Theory]
    [InlineData(44, 48, "input 'features': binary_data_size: found 48; 44 bytes of the binary part are left")]
    [InlineData(52, 48, "4 bytes of the binary part belong to no input; expected the sum of all binary_data_size")]
    [InlineData(44, 44, "input 'features': found 44 bytes of binary data; expected 12 values of FP32 for the shape [1,12]")]
    [InlineData(0, 0, "input 'features': found 0 bytes of binary data; expected 12 values of FP32 for the shape [1,12]")]
    public async Task C38_sizes_must_add_up(int sent, int declared, string error)
    {
        var answer = await SendAsync(server, Header("[1,12]", "FP32", declared, "features"), new byte[sent]);

        answer.Status.Should().Be(400);
        answer.Error.Should().Be(error);
    }

    [Theory]
    [InlineData(new byte[] { 5, 0, 0, 0, (byte)'a' })]
    [InlineData(new byte[] { 255, 255, 255, 255, (byte)'a' })]
    [InlineData(new byte[] { 1, 0, 0, 0, (byte)'a', 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0xFF })]
    public async Task C39_text_that_is_not_as_long_as_it_says_is_400(byte[] bytes)
    {
        await using var text = await StartAsync(TensorType.String);

        var answer = await SendAsync(text, Header("[1]", "BYTES", bytes.Length), bytes);

        answer.Status.Should().Be(400);
        answer.Error.Should().StartWith("input 'x': the binary data are not values of BYTES");
    }

    [Fact]
    public async Task C40_a_body_may_be_one_tensor_alone()
    {
        var answer = await SendAsync(server, "", Bytes(Row));

        answer.Status.Should().Be(200, answer.Text);
        answer.Json["outputs"]![1]!["shape"]!.ToJsonString().Should().Be("[1]");
        MemoryMarshal.Cast<byte, float>(answer.Binary.AsSpan(8)).ToArray().Should().Equal(0.2301046f);
        (await SendAsync(server, "", Bytes([.. Row, .. Row]))).Json["outputs"]![1]!["shape"]!.ToJsonString().Should().Be("[2]");
        (await SendAsync(server, "", new byte[47])).Error.Should().Be("input 'features': found 47 bytes of binary data; expected 0 values of FP32 for the shape [0,12]");
    }

    [Fact]
    public async Task C40_a_tensor_alone_needs_a_model_with_one_input_and_one_open_dimension()
    {
        await using var named = await TestServer.StartAsync("shape-named");
        await using var open = await TestServer.StartAsync(TestServer.Options(await models.IdentityAsync(TensorType.Float, null, null)));

        (await SendAsync(named, "", Bytes(Row))).Error.Should().Contain("several inputs");
        (await SendAsync(open, "", Bytes(Row))).Error.Should().Contain("cannot be told from its length");
    }

    [Fact]
    public async Task C24_half_precision_goes_in_and_out_in_binary()
    {
        await using var half = await TestServer.StartAsync("shape-half");
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(System.IO.Path.Combine(Paths.Golden, "shape-half.json"), TestContext.Current.CancellationToken))!;
        foreach (var test in golden["cases"]!.AsArray())
        {
            var features = test!["request"]!["inputs"]![0]!["data"]!.AsArray().Select(value => value is null ? Half.NaN : (Half)(float)value).ToArray();
            var bytes = MemoryMarshal.AsBytes(features.AsSpan()).ToArray();

            var answer = await SendAsync(half, Header("[10,12]", "FP16", bytes.Length, "features", ",\"parameters\":{\"binary_data_output\":true}"), bytes);

            answer.Status.Should().Be(200, answer.Text);
            var scores = MemoryMarshal.Cast<byte, Half>(answer.Binary).ToArray();
            var expected = test["expect"]!["outputs"]![0]!["data"]!.AsArray().Select(value => (float)value!).ToArray();
            scores.Should().HaveSameCount(expected);
            scores.Zip(expected).Should().OnlyContain(pair => Math.Abs((float)pair.First - pair.Second) <= 1e-3f);
        }
    }

    [Fact]
    public async Task C24_half_precision_that_is_asked_for_in_json_is_400()
    {
        await using var halving = await TestServer.StartAsync(TestServer.Options(await models.HalvingAsync()));
        const string Inputs = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.5]}]";

        (await halving.InferAsync(Inputs + "}")).Error.Should().Be("output 'y': FP16 has no JSON form; ask for it in the binary form, with the parameter binary_data");
        var answer = await SendAsync(halving, Inputs + ",\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}", []);
        BinaryPrimitives.ReadHalfLittleEndian(answer.Binary).Should().Be((Half)1.5f);
        (await SendAsync(halving, (Inputs + ",\"parameters\":{\"binary_data_output\":true}}").Replace("1.5", "65520", StringComparison.Ordinal), [])).Error.Should().Be("output 'y'[0] is infinite");
    }

    [Theory]
    [InlineData(TensorType.Bool, "BOOL", new byte[] { 1, 0 })]
    [InlineData(TensorType.Int8, "INT8", new byte[] { 0x80, 0x7F })]
    [InlineData(TensorType.UInt8, "UINT8", new byte[] { 0, 255 })]
    [InlineData(TensorType.Int16, "INT16", new byte[] { 0, 0x80, 1, 0 })]
    [InlineData(TensorType.UInt16, "UINT16", new byte[] { 0xFF, 0xFF, 1, 0 })]
    [InlineData(TensorType.Int32, "INT32", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(TensorType.UInt32, "UINT32", new byte[] { 1, 2, 3, 0xF4, 5, 6, 7, 8 })]
    [InlineData(TensorType.Int64, "INT64", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x80 })]
    [InlineData(TensorType.UInt64, "UINT64", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0xFF })]
    [InlineData(TensorType.Double, "FP64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 1, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(TensorType.String, "BYTES", new byte[] { 2, 0, 0, 0, 0xC3, 0xA9, 0, 0, 0, 0 })]
    internal async Task Every_datatype_goes_through_in_binary(TensorType type, string datatype, byte[] bytes)
    {
        await using var identity = await StartAsync(type);

        var answer = await SendAsync(identity, Header("[2]", datatype, bytes.Length, more: ",\"parameters\":{\"binary_data_output\":true}"), bytes);

        answer.Status.Should().Be(200, answer.Text);
        answer.Binary.Should().Equal(bytes);
    }

    [Theory]
    [InlineData(TensorType.Bool, "BOOL", new byte[] { 2 })]
    [InlineData(TensorType.Float, "FP32", new byte[] { 0, 0, 0x80, 0x7F })]
    [InlineData(TensorType.Double, "FP64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0xFF })]
    internal async Task Bits_that_are_no_value_are_400(TensorType type, string datatype, byte[] bytes)
    {
        await using var identity = await StartAsync(type);

        (await SendAsync(identity, Header("[1]", datatype, bytes.Length), bytes)).Error.Should().StartWith($"input 'x': the binary data are not values of {datatype}");
    }

    [Theory]
    [InlineData("{\"binary_data_size\":\"48\"}", "inputs[0]: parameters: binary_data_size: found \"48\"; expected one whole number of at least 0")]
    [InlineData("{\"binary_data_size\":-1}", "inputs[0]: parameters: binary_data_size: found -1; expected one whole number of at least 0")]
    [InlineData("{\"binary_data_size\":48,\"binary_data_size\":4}", "inputs[0]: parameters: binary_data_size: found 4; expected one whole number of at least 0")]
    [InlineData("48", "inputs[0]: parameters: found 48; expected an object")]
    public async Task Sizes_that_are_none_are_400(string parameters, string error) =>
        (await SendAsync(server, $$"""{"inputs":[{"name":"features","shape":[1,12],"datatype":"FP32","parameters":{{parameters}}}]}""", Bytes(Row))).Error.Should().Be(error);

    [Fact]
    public async Task Data_and_binary_data_at_once_are_400() =>
        (await SendAsync(server, Requests.Features("[1,12]", $"[{Requests.Row}],\"parameters\":{{\"binary_data_size\":48}}"), Bytes(Row))).Error
            .Should().Be("input 'features': found 'data' and 'binary_data_size'; expected one of them");

    [Fact]
    public async Task Without_the_header_a_binary_body_is_415() =>
        (await server.PostAsync(Path, Bytes(Row), "application/octet-stream")).Status.Should().Be(415);

    private static string Header(string shape, string datatype, int size, string name = "x", string more = "") =>
        $$$"""{"inputs":[{"name":"{{{name}}}","shape":{{{shape}}},"datatype":"{{{datatype}}}","parameters":{"binary_data_size":{{{size.ToString(CultureInfo.InvariantCulture)}}}}}]{{{more}}}}""";

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static async Task<BinaryAnswer> SendAsync(TestServer server, string json, byte[] binary)
    {
        var header = Encoding.UTF8.GetBytes(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new ByteArrayContent([.. header, .. binary]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("Inference-Header-Content-Length", header.Length.ToString(CultureInfo.InvariantCulture));
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var length = response.Headers.TryGetValues("Inference-Header-Content-Length", out var values) ? int.Parse(values.Single(), CultureInfo.InvariantCulture) : (int?)null;
        return new BinaryAnswer((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType!, length, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<TestServer> StartAsync(TensorType type) => await TestServer.StartAsync(TestServer.Options(await models.IdentityAsync(type, [null])));

    private sealed record BinaryAnswer(int Status, string Type, int? JsonLength, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body.AsSpan(0, JsonLength ?? Body.Length));

        public JsonNode Json => JsonNode.Parse(Text)!;

        public string Error => (string)Json["error"]!;

        public byte[] Binary => Body[(JsonLength ?? Body.Length)..];
    }
}
