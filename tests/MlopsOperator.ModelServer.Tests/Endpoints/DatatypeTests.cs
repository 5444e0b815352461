using MlopsOperator.ModelServer.Tests.Servers;
using MlopsOperator.Samples.Training.Onnx;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>C numbers are those of Conformance.md.</summary>
public sealed class DatatypeTests : IDisposable
{
    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(TensorType.Bool, "BOOL", "[true,false]")]
    [InlineData(TensorType.Int8, "INT8", "[-128,127]")]
    [InlineData(TensorType.Int16, "INT16", "[-32768,32767]")]
    [InlineData(TensorType.Int32, "INT32", "[-2147483648,2147483647]")]
    [InlineData(TensorType.Int64, "INT64", "[9007199254740993,-9223372036854775808]")]
    [InlineData(TensorType.UInt8, "UINT8", "[0,255]")]
    [InlineData(TensorType.UInt16, "UINT16", "[0,65535]")]
    [InlineData(TensorType.UInt32, "UINT32", "[0,4294967295]")]
    [InlineData(TensorType.UInt64, "UINT64", "[9007199254740993,18446744073709551615]")]
    [InlineData(TensorType.Float, "FP32", "[-0.5,3.4028235E+38]")]
    [InlineData(TensorType.Double, "FP64", "[0.1,1.7976931348623157E+308]")]
    [InlineData(TensorType.String, "BYTES", "[\"é\",\"\"]")]
    internal async Task C28_C30_every_datatype_goes_through_exactly(TensorType type, string datatype, string data)
    {
        await using var server = await StartAsync(type);

        var reply = await server.InferAsync(Request("[2]", datatype, data));

        reply.Status.Should().Be(200, reply.Body);
        reply.Body.Should().Contain($"\"data\":{data}");
        ((string)reply.Output("y")["datatype"]!).Should().Be(datatype);
    }

    [Theory]
    [InlineData(TensorType.Int8, "INT8", "[300]", "300")]
    [InlineData(TensorType.Int8, "INT8", "[-129]", "-129")]
    [InlineData(TensorType.UInt8, "UINT8", "[-1]", "-1")]
    [InlineData(TensorType.Int16, "INT16", "[40000]", "40000")]
    [InlineData(TensorType.UInt16, "UINT16", "[65536]", "65536")]
    [InlineData(TensorType.Int32, "INT32", "[2147483648]", "2147483648")]
    [InlineData(TensorType.UInt32, "UINT32", "[4294967296]", "4294967296")]
    [InlineData(TensorType.Int64, "INT64", "[1.0]", "1.0")]
    [InlineData(TensorType.Int64, "INT64", "[1e2]", "1e2")]
    [InlineData(TensorType.Int64, "INT64", "[9223372036854775808]", "9223372036854775808")]
    [InlineData(TensorType.Int64, "INT64", "[null]", "null")]
    [InlineData(TensorType.Int64, "INT64", "[\"1\"]", "\"1\"")]
    [InlineData(TensorType.Int64, "INT64", "[true]", "true")]
    [InlineData(TensorType.UInt64, "UINT64", "[18446744073709551616]", "18446744073709551616")]
    [InlineData(TensorType.Bool, "BOOL", "[1]", "1")]
    [InlineData(TensorType.Bool, "BOOL", "[\"true\"]", "\"true\"")]
    [InlineData(TensorType.Bool, "BOOL", "[null]", "null")]
    [InlineData(TensorType.String, "BYTES", "[1]", "1")]
    [InlineData(TensorType.String, "BYTES", "[null]", "null")]
    [InlineData(TensorType.Double, "FP64", "[1e999]", "1e999")]
    [InlineData(TensorType.Double, "FP64", "[true]", "true")]
    internal async Task C29_what_is_out_of_range_or_of_another_kind_is_400(TensorType type, string datatype, string data, string found)
    {
        await using var server = await StartAsync(type);

        var reply = await server.InferAsync(Request("[1]", datatype, data));

        reply.Status.Should().Be(400);
        reply.Error.Should().StartWith($"input 'x': data[0]: found {found}; expected ").And.Contain(datatype);
    }

    [Fact]
    public async Task C24_half_precision_has_no_json_form()
    {
        await using var server = await TestServer.StartAsync("shape-half");

        var reply = await server.InferAsync(Requests.Features("[1,12]", $"[{Requests.Row}]", "\"FP16\""));

        reply.Status.Should().Be(400);
        reply.Error.Should().StartWith("input 'features': FP16 has no JSON form");
    }

    [Theory]
    [InlineData("[1,-1]", "output 'y'[1] is NaN")]
    [InlineData("[1,1,0]", "output 'y'[2] is infinite")]
    public async Task C42_an_output_that_is_not_finite_is_the_models_fault(string data, string error)
    {
        await using var server = await TestServer.StartAsync(TestServer.Options(await models.LogarithmAsync()));

        var reply = await server.InferAsync(Request("[" + data.Split(',').Length + "]", "FP32", data));

        reply.Status.Should().Be(500);
        reply.Error.Should().Be(error);
    }

    [Fact]
    public async Task A_missing_value_that_comes_back_is_the_models_fault_too()
    {
        await using var server = await StartAsync(TensorType.Double);

        var reply = await server.InferAsync(Request("[2]", "FP64", "[1,null]"));

        reply.Status.Should().Be(500);
        reply.Error.Should().Be("output 'y'[1] is NaN");
    }

    [Fact]
    public async Task Text_with_escapes_and_zero_is_kept()
    {
        await using var server = await StartAsync(TensorType.String);

        var reply = await server.InferAsync(Request("[3]", "BYTES", """["a\u00e9\ud83d\ude00","\"\\\n","<&>a\u0000b"]"""));

        reply.Json["outputs"]![0]!["data"]!.AsArray().Select(text => (string)text!).Should().Equal("aé😀", "\"\\\n", "<&>a\0b");
    }

    [Fact]
    public async Task Three_dimensions_and_none_work()
    {
        await using var cube = await TestServer.StartAsync(TestServer.Options(await models.IdentityAsync(TensorType.Int32, null, 2, null)));
        var reply = await cube.InferAsync(Request("[2,2,1]", "INT32", "[[[1],[2]],[[3],[4]]]"));
        reply.Shape("y").Should().Be("[2,2,1]");
        reply.Data("y").Should().Be("[1,2,3,4]");

        await using var point = await TestServer.StartAsync(TestServer.Options(await models.IdentityAsync(TensorType.Int32)));
        (await point.InferAsync(Request("[]", "INT32", "[7]"))).Data("y").Should().Be("[7]");
        (await point.InferAsync(Request("[]", "INT32", "[]"))).Error.Should().Be("input 'x': found 0 values in data; expected 1 value for the shape []");
        (await point.InferAsync(Request("[]", "INT32", "[7,8]"))).Status.Should().Be(400);
        (await point.InferAsync(Request("[]", "INT32", "[[7]]"))).Status.Should().Be(400);
    }

    private static string Request(string shape, string datatype, string data) => $$"""{"inputs":[{"name":"x","shape":{{shape}},"datatype":"{{datatype}}","data":{{data}}}]}""";

    private async Task<TestServer> StartAsync(TensorType type) => await TestServer.StartAsync(TestServer.Options(await models.IdentityAsync(type, [null])));
}
