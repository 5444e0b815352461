using System.Text.Json.Nodes;
using MlopsOperator.Api.Models;
using MlopsOperator.Operator.Rollouts.GoldenTests;

namespace MlopsOperator.Operator.Tests.Rollouts.GoldenTests;

public sealed class AnswerComparisonTests
{
    private const string Expected = """{"outputs":[{"name":"score","datatype":"FP32","shape":[2],"data":[0.25,null]},{"name":"label","datatype":"INT64","shape":[2],"data":[0,1]}]}""";

    [Theory]
    [InlineData("the same", """{"outputs":[{"name":"label","datatype":"INT64","shape":[2],"data":[0,1]},{"name":"score","datatype":"FP32","shape":[2],"data":[0.25,null]}]}""")]
    [InlineData("within the tolerance, nested, with more outputs", """{"outputs":[{"name":"extra","data":[1]},{"name":"score","datatype":"FP32","shape":[2],"data":[[0.2501],[null]]},{"name":"label","datatype":"INT64","shape":[2],"data":[0,1]}]}""")]
    public void An_answer_as_expected_has_no_difference(string why, string answer) =>
        Difference(answer).Should().BeNull(why);

    [Theory]
    [InlineData("""{"outputs":[{"name":"label","datatype":"INT64","shape":[2],"data":[0,1]}]}""", "output 'score' is missing in the answer")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP64","shape":[2],"data":[0.25,null]}]}""", "output 'score': expected datatype FP32, found FP64")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP32","shape":[1,2],"data":[0.25,null]}]}""", "output 'score': expected shape [2], found [1,2]")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP32","shape":[2],"data":[0.25]}]}""", "output 'score': expected 2 values, found 1")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP32","shape":[2],"data":[0.26,null]}]}""", "output 'score'[0]: expected 0.25, found 0.26")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP32","shape":[2],"data":[0.25,0.5]}]}""", "output 'score'[1]: expected null, found 0.5")]
    [InlineData("""{"outputs":[{"name":"score","datatype":"FP32","shape":[2],"data":[0.25,null]},{"name":"label","datatype":"INT64","shape":[2],"data":[1,1]}]}""", "output 'label'[0]: expected 0, found 1")]
    [InlineData("""{"error":"busy"}""", "output 'score' is missing in the answer")]
    public void A_difference_names_the_output_the_place_and_both_values(string answer, string difference) =>
        Difference(answer).Should().Be(difference);

    [Fact]
    public void A_test_that_expects_nothing_is_no_test() =>
        AnswerComparison.FirstDifference([], [], null).Should().Contain("expects no outputs");

    [Fact]
    public void Integers_are_not_tolerated_even_where_a_tolerance_is_given() =>
        AnswerComparison.FirstDifference(Parse(Expected), Parse(Expected.Replace("[0,1]", "[0,2]", StringComparison.Ordinal)), new Tolerance { Absolute = 10 })
            .Should().Contain("label");

    private static string? Difference(string answer) => AnswerComparison.FirstDifference(Parse(Expected), Parse(answer), null);

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();
}
