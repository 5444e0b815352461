using System.Text;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

/// <summary>C numbers are those of Conformance.md.</summary>
public sealed class BadRequestTests(DelaysServer shared) : IClassFixture<DelaysServer>
{
    private const string Inputs = "\"inputs\":[{\"name\":\"features\",\"shape\":[1,12],\"datatype\":\"FP32\",\"data\":[" + Requests.Row + "]}]";
    private readonly TestServer server = shared.Server;

    public static TheoryData<string, string, string> Refused() => new()
    {
        { "C13 uneven nesting", Requests.Features("[2,2]", "[[1,2,3],[4]]"), "input 'features': found shape [2,2]; expected [-1,12]" },
        { "C13 uneven nesting, right count", Requests.Features("[2,12]", $"[[{Requests.Row},1],[4,4,1431,42.2,35.8,81.1,54.8,37,10,3.9,-2]]"), "input 'features': data: found 13 elements at nesting level 2; expected [2,12]" },
        { "nested too deep", Requests.Features("[1,12]", $"[[[{Requests.Row}]]]"), "input 'features': data[0]: found an array; expected a value, flat or nested as deep as the shape [1,12]" },
        { "flat, then nested", Requests.Features("[1,12]", $"[1,[{Requests.Row}]]"), "input 'features': data[1]: found an array; expected a value, flat or nested as deep as the shape [1,12]" },
        { "nested, then flat", Requests.Features("[2,12]", $"[[{Requests.Row}],{Requests.Row}]"), "input 'features': data: found 0.33 at nesting level 1; expected an array, as the shape [2,12] has 2 levels" },
        { "too few rows, nested", Requests.Features("[2,12]", $"[[{Requests.Row}]]"), "input 'features': data: found 1 elements at nesting level 1; expected [2,12]" },
        { "C15 id is a number", "{\"id\":42," + Inputs + "}", "request: id: found 42; expected a string" },
        { "C17 unknown output", Requests.One(",\"outputs\":[{\"name\":\"nope\"}]"), "output 'nope' is not known; expected 'label', 'score'" },
        { "output twice", Requests.One(",\"outputs\":[{\"name\":\"score\"},{\"name\":\"score\"}]"), "output 'score' is there twice" },
        { "output without a name", Requests.One(",\"outputs\":[{}]"), "outputs: the field 'name' is missing" },
        { "output is text", Requests.One(",\"outputs\":[\"score\"]"), "request: outputs: found \"score\"; expected an object" },
        { "C19 too few data", Requests.Features("[2,12]", $"[{Requests.Row}]"), "input 'features': found 12 values in data; expected 24 values for the shape [2,12]" },
        { "too many data", Requests.Features("[1,12]", $"[{Requests.Row},1]"), "input 'features': found 13 values in data; expected 12 values for the shape [1,12]" },
        { "C20 negative size", Requests.Features("[-1,12]", $"[{Requests.Row}]"), "input 'features': found shape [-1,12]; expected [-1,12], with a size of at least 0 in each dimension" },
        { "C21 wrong rank", Requests.Features("[12]", $"[{Requests.Row}]"), "input 'features': found a shape of rank 1, [12]; expected rank 2, [-1,12]" },
        { "C22 wrong width", Requests.Features("[1,11]", "[1,2,3,4,5,6,7,8,9,10,11]"), "input 'features': found shape [1,11]; expected [-1,12]" },
        { "C23 wrong datatype", Requests.Features("[1,12]", $"[{Requests.Row}]", "\"FP64\""), "input 'features': found datatype FP64; expected FP32" },
        { "C23 unknown datatype", Requests.Features("[1,12]", $"[{Requests.Row}]", "\"FP33\""), "input 'features': datatype: found \"FP33\"; expected one of BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FP16, FP32, FP64, BYTES" },
        { "C25 input missing", "{\"inputs\":[]}", "request: input 'features' missing" },
        { "C25 input doubled", "{\"inputs\":[{\"name\":\"features\",\"shape\":[0,12],\"datatype\":\"FP32\",\"data\":[]},{\"name\":\"features\",\"shape\":[0,12],\"datatype\":\"FP32\",\"data\":[]}]}", "input 'features' is there twice" },
        { "C25 input unknown", Requests.Features("[1,12]", $"[{Requests.Row}]", name: "\"x\""), "input 'x' is not known; expected 'features'" },
        { "C26 inputs missing", "{}", "request: the field 'inputs' is missing; expected 'features'" },
        { "inputs is null", "{\"inputs\":null}", "request: inputs: found null; expected an array" },
        { "inputs of numbers", "{\"inputs\":[1]}", "inputs[0]: the input: found 1; expected an object" },
        { "not OIP: V1", "{\"instances\":[[1,2]]}", "request: the field 'inputs' is missing; expected 'features'" },
        { "not OIP: an array", "[1,2]", "request: the body: found an array; expected an object" },
        { "not OIP: text", "\"hello\"", "request: the body: found \"hello\"; expected an object" },
        { "C27 infinite FP32", Requests.Features("[1,12]", "[1e39,1,1,1,1,1,1,1,1,1,1,1]"), "input 'features': data[0]: found 1e39; expected a finite number, or null for a missing value, for FP32" },
        { "C27 infinite number", Requests.Features("[1,12]", "[1,-1e999,1,1,1,1,1,1,1,1,1,1]"), "input 'features': data[1]: found -1e999; expected a finite number, or null for a missing value, for FP32" },
        { "Infinity as text", Requests.Features("[1,12]", "[\"Infinity\",1,1,1,1,1,1,1,1,1,1,1]"), "input 'features': data[0]: found \"Infinity\"; expected a finite number, or null for a missing value, for FP32" },
        { "a number as text", Requests.Features("[1,12]", "[\"1\",1,1,1,1,1,1,1,1,1,1,1]"), "input 'features': data[0]: found \"1\"; expected a finite number, or null for a missing value, for FP32" },
        { "an object in the data", Requests.Features("[1,12]", "[{},1,1,1,1,1,1,1,1,1,1,1]"), "input 'features': data[0]: found an object; expected a value, flat or nested as deep as the shape [1,12]" },
        { "data is an object", Requests.Features("[1,12]", "{}"), "input 'features': data: found an object; expected an array" },
        { "no data", "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,12],\"datatype\":\"FP32\"}]}", "input 'features': the field 'data' is missing" },
        { "no shape", "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"data\":[]}]}", "input 'features': the field 'shape' is missing" },
        { "no name", "{\"inputs\":[{\"shape\":[1],\"datatype\":\"FP32\",\"data\":[]}]}", "inputs[0]: the field 'name' is missing" },
        { "shape of text", Requests.Features("[\"1\",12]", "[]"), "input 'features': shape: found \"1\"; expected whole numbers" },
        { "shape of fractions", Requests.Features("[1.5,12]", "[]"), "input 'features': shape: found 1.5; expected whole numbers" },
        { "a shape that overflows", Requests.Features("[4611686018427387904,12]", "[]"), "input 'features': found a batch of 4611686018427387904 rows; expected at most 1024. Send several requests" },
        { "C32 field twice", "{" + Inputs + "," + Inputs + "}", "request: the field 'inputs' is there twice" },
        { "C32 field twice in an input", Requests.Features("[1,12]", $"[{Requests.Row}],\"shape\":[2,12]"), "inputs[0]: the field 'shape' is there twice" },
        { "C34 batch too large", Requests.Features("[1025,12]", $"[{Requests.Rows(1025)}]"), "input 'features': found a batch of 1025 rows; expected at most 1024. Send several requests" },
    };

    public static TheoryData<string, string> NotJson() => new()
    {
        { "nothing", "" },
        { "cut off", "{\"inputs\":[{\"name\":\"features\"" },
        { "C32 trailing bytes", "{" + Inputs + "} x" },
        { "two documents", "{" + Inputs + "}{}" },
        { "bare NaN", Requests.Features("[1,12]", "[NaN,1,1,1,1,1,1,1,1,1,1,1]") },
        { "bare Infinity", Requests.Features("[1,12]", "[Infinity,1,1,1,1,1,1,1,1,1,1,1]") },
        { "a comment", "{/* */" + Inputs + "}" },
        { "a trailing comma", "{" + Inputs + ",}" },
        { "C32 depth 65", "{\"x\":" + new string('[', 64) + new string(']', 64) + "," + Inputs + "}" },
        { "half a surrogate pair", "{\"id\":\"\\ud800\"," + Inputs + "}" },
        { "single quotes", "{'inputs':[]}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_does_not_fit_is_400_and_says_the_place_the_found_and_the_expected(string name, string request, string error)
    {
        var reply = await server.InferAsync(request);

        reply.Status.Should().Be(400, name);
        reply.Error.Should().Be(error, name);
        reply.Json.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task What_is_not_json_is_400(string name, string request)
    {
        var reply = await server.InferAsync(request);

        reply.Status.Should().Be(400, name);
        reply.Error.Should().StartWith("the body is not valid JSON: ", name);
    }

    [Fact]
    public async Task Depth_64_is_accepted() =>
        (await server.InferAsync("{\"x\":" + new string('[', 63) + new string(']', 63) + "," + Inputs + "}")).Status.Should().Be(200);

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_400()
    {
        var body = Encoding.UTF8.GetBytes("{\"id\":\"?\"," + Inputs + "}");
        body[7] = 0xFF;

        (await server.PostAsync("/v2/models/delays/infer", body, "application/json")).Error.Should().Be("the body is not valid UTF-8");
    }

    [Fact]
    public async Task A_byte_order_mark_is_400() =>
        (await server.PostAsync("/v2/models/delays/infer", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Requests.One())], "application/json")).Status.Should().Be(400);

    [Fact]
    public async Task Long_texts_of_a_client_are_cut_in_errors()
    {
        var reply = await server.InferAsync(Requests.Features("[1,12]", $"[\"{new string('x', 100_000)}\"]"));

        reply.Status.Should().Be(400);
        reply.Error.Length.Should().BeLessThan(300);
    }

    [Fact]
    public async Task A_long_id_is_refused() =>
        (await server.InferAsync(Requests.One($",\"id\":\"{new string('x', 2000)}\""))).Error.Should().EndWith("expected at most 1024 bytes");

    [Fact]
    public async Task A_shape_of_many_dimensions_is_refused() =>
        (await server.InferAsync(Requests.Features($"[{string.Join(',', Enumerable.Repeat(1, 1000))}]", "[]"))).Error.Should().Be("input 'features': shape: found more than 32 dimensions");
}
