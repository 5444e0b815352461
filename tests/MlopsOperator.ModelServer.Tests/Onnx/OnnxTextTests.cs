using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Tests.Onnx;

public sealed class OnnxTextTests
{
    [Theory]
    [InlineData("[ErrorCode:InvalidArgument] Non-zero status code returned while running Gather node. Name:'Gather_18' Status Message: indices element out of data bounds, idx=10", "indices element out of data bounds, idx=10")]
    [InlineData("[ErrorCode:Fail] a\nb", "[ErrorCode:Fail] a b")]
    [InlineData("x Status Message: /onnxruntime_src/onnxruntime/core/framework/op_kernel.cc:83 no memory", "no memory")]
    [InlineData("", "")]
    public void Clients_get_what_happened_without_places_in_source_code(string message, string expected) => OnnxText.Of(message).Should().Be(expected);

    [Fact]
    public void Long_texts_are_cut() => OnnxText.Of(new string('x', 10_000)).Length.Should().Be(301);
}
