using System.Text;
using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Protocol;
using MlopsOperator.ModelServer.Protocol.Requests;

namespace MlopsOperator.ModelServer.Tests.Health;

public sealed class ZeroRequestTests
{
    [Fact]
    public void It_is_a_request_that_fits_a_model_of_every_datatype()
    {
        var inputs = Enum.GetValues<TensorDatatype>().Select(datatype => new TensorSpecification(datatype.ToString(), datatype, [-1, 2])).ToArray();
        var model = new ModelDescription("m", null, inputs, [new TensorSpecification("y", TensorDatatype.Fp16, [-1])], MaxBatchSize: 1);

        var (json, binary) = ZeroRequest.Write(model);
        var request = new InferenceRequestReader(model).Read(json.Span, binary);

        request.Inputs.Should().HaveCount(13).And.OnlyContain(input => input.Shape[0] == 1 && input.Shape[1] == 2);
        request.Outputs.Should().Equal(new RequestedOutput(0, IsBinary: true));
        ZeroRequest.Values(model).Should().Be(26);
    }

    [Fact]
    public void It_is_written_as_clients_would()
    {
        var model = new ModelDescription("m", null, [new TensorSpecification("x", TensorDatatype.Fp32, [-1, 3])], [], MaxBatchSize: 1);

        Encoding.UTF8.GetString(ZeroRequest.Write(model).Json.Span).Should().Be("""{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[0,0,0]}]}""");
    }
}
