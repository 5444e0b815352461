using System.Text;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Tests.Protocol.Requests;

public sealed class InferenceRequestReaderTests
{
    private static readonly ModelDescription Model = new(
        "m",
        "1",
        [
            new TensorSpecification("a", TensorDatatype.Fp32, [-1, 2]) { DimensionNames = ["N", ""] },
            new TensorSpecification("b", TensorDatatype.Bytes, [-1]) { DimensionNames = ["N"] },
            new TensorSpecification("c", TensorDatatype.UInt16, []) { DimensionNames = [] },
            new TensorSpecification("d", TensorDatatype.Fp16, [1]) { DimensionNames = [""] },
        ],
        [new TensorSpecification("y", TensorDatatype.Int64, [-1]), new TensorSpecification("z", TensorDatatype.Fp64, [])],
        MaxBatchSize: 16);

    private static readonly string Valid =
        """{"id":"é","inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[[1,null],["NaN",-2.5e-3]]},{"data":["x","\u00e9"],"name":"b","datatype":"BYTES","shape":[2]},{"name":"c","shape":[],"datatype":"UINT16","data":7},{"name":"d","shape":[1],"datatype":"FP16","parameters":{"binary_data_size":2}}],"outputs":[{"name":"y","parameters":{"binary_data":true}},{"name":"z"}],"parameters":{"binary_data_output":false}}""";

    [Fact]
    public void A_request_of_all_kinds_of_fields_is_read()
    {
        var request = new InferenceRequestReader(Model).Read(Encoding.UTF8.GetBytes(Valid), [0, 0x3C]);

        request.Id.Should().Be("é");
        request.Inputs.Select(input => input.Specification.Name).Should().Equal("a", "b", "c", "d");
        request.Outputs.Should().Equal(new RequestedOutput(0, IsBinary: true), new RequestedOutput(1, IsBinary: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_a_client_sends_it_is_a_request_or_the_clients_fault(int seed)
    {
        var random = new Random(seed);
        var accepted = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var body = Mutate([.. Encoding.UTF8.GetBytes(Valid)], random);
            try
            {
                new InferenceRequestReader(Model).Read(body, random.Next(4) == 0 ? body : [0, 0x3C]);
                accepted++;
            }
            catch (InvalidRequestException)
            {
                // As it should be. Any other exception fails the test.
            }
        }

        accepted.Should().BeInRange(1, 4_999, "some mutations do no harm, and most do");
    }

    /// <summary>Flips, drops, doubles or swaps a few bytes, or pastes a token where it does not belong.</summary>
    private static byte[] Mutate(List<byte> body, Random random)
    {
        string[] tokens = ["[", "]", "{", "}", "null", "1e999", "-1", "\"NaN\"", "\\ud800", ",", ":", "9223372036854775808", "\"data\"", "\"shape\":[-1]", "[[]]", "\0"];
        for (var times = random.Next(1, 4); times > 0 && body.Count > 8; times--)
        {
            var at = random.Next(body.Count - 4);
            switch (random.Next(5))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body.RemoveRange(at, random.Next(1, 5)); break;
                case 2: body.InsertRange(at, body.GetRange(at, random.Next(1, 5))); break;
                case 3: body.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)])); break;
                default: body.RemoveRange(at, body.Count - at); break;
            }
        }

        return [.. body];
    }

    [Fact]
    public void A_shape_takes_no_memory_that_the_body_does_not_fill()
    {
        var model = Model with { Inputs = [new TensorSpecification("a", TensorDatatype.Fp64, [-1, -1])], MaxBatchSize = int.MaxValue };
        var body = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"a","shape":[1000000,1000000],"datatype":"FP64","data":[1]}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = () => new InferenceRequestReader(model).Read(body);

        reading.Should().Throw<InvalidRequestException>().WithMessage("input 'a': found 1 value in data; expected 1000000000000 values for the shape [1000000,1000000]");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void A_shape_whose_product_overflows_is_refused()
    {
        var model = Model with { Inputs = [new TensorSpecification("a", TensorDatatype.Int8, [-1, -1, -1])], MaxBatchSize = int.MaxValue };
        var body = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"a","shape":[2000000000,9223372036854775807,3],"datatype":"INT8","data":[1]}]}""");

        var reading = () => new InferenceRequestReader(model).Read(body);

        reading.Should().Throw<InvalidRequestException>().WithMessage("*expected more than can be counted*");
    }
}
