using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Tests.Comparing;

public sealed class TensorComparisonTests
{
    [Theory]
    [InlineData("FP32", "1000", "1000.99", true)]
    [InlineData("FP32", "1000", "1001.1", false)]
    [InlineData("FP32", "0", "0.0001", true)]
    [InlineData("FP32", "0", "0.00011", false)]
    [InlineData("FP32", "0.1", "0.100000001490116", true)]
    [InlineData("FP64", "1000", "1000.0009", true)]
    [InlineData("FP64", "1000", "1000.0011", false)]
    [InlineData("FP64", "0", "1e-9", true)]
    [InlineData("FP64", "0", "1.1e-9", false)]
    [InlineData("FP16", "1000", "1009", true)]
    [InlineData("FP16", "1000", "1012", false)]
    [InlineData("INT64", "9007199254740993", "9007199254740992", false)]
    [InlineData("INT64", "-7", "-7", true)]
    [InlineData("UINT64", "18446744073709551615", "18446744073709551614", false)]
    [InlineData("UINT8", "7", "8", false)]
    [InlineData("BOOL", "true", "true", true)]
    [InlineData("BOOL", "true", "false", false)]
    [InlineData("BYTES", "\"a\\u00e9\"", "\"aé\"", true)]
    [InlineData("BYTES", "\"a\"", "\"A\"", false)]
    [InlineData("BYTES", "\"a\"", "\" a\"", false)]
    [InlineData("FP32", "\"Infinity\"", "\"Infinity\"", true)]
    [InlineData("FP32", "\"Infinity\"", "\"-Infinity\"", false)]
    [InlineData("FP32", "\"Infinity\"", "1e30", false)]
    [InlineData("FP32", "null", "null", true)]
    [InlineData("FP32", "\"NaN\"", "null", true)]
    [InlineData("UNHEARD", "\"a\"", "\"b\"", false)]
    public void An_output_without_a_rule_is_compared_as_its_datatype_asks(string datatype, string stable, string candidate, bool agrees)
    {
        var comparison = Answers.Compare(Answers.Tensor(datatype, "[1]", $"[{stable}]"), Answers.Tensor(datatype, "[1]", $"[{candidate}]"));

        comparison.Result.Should().Be(agrees ? PairResult.Agree : PairResult.Disagree);
    }

    [Theory]
    [InlineData("[1, null]", "[1, 2]", PairResult.StableError)]
    [InlineData("[1, 2]", "[1, null]", PairResult.CandidateError)]
    [InlineData("[1, 2]", "[5, \"NaN\"]", PairResult.CandidateError)]
    [InlineData("[null, 2]", "[1, null]", PairResult.BothError)]
    public void What_is_no_number_where_the_other_side_has_one_is_an_error_of_its_side(string stable, string candidate, object result) =>
        Answers.Compare(Answers.Tensor("FP32", "[2]", stable), Answers.Tensor("FP32", "[2]", candidate)).Result.Should().Be((PairResult)result);

    [Theory]
    [InlineData("FP32", "[3]", "[1,2,3]", "FP64", "[3]", "[1,2,3]")]
    [InlineData("FP32", "[3]", "[1,2,3]", "FP32", "[3,1]", "[1,2,3]")]
    [InlineData("FP32", "[3]", "[1,2,3]", "FP32", "[3]", "[1,2]")]
    [InlineData("FP32", "[3]", "[1,2,3]", "FP32", "[3]", "[1,2,3,4]")]
    [InlineData("FP32", "[-1]", "[1]", "FP32", "[-1]", "[2]")]
    [InlineData("FP32", "[4611686018427387904,4]", "[1]", "FP32", "[4611686018427387904,4]", "[2]")]
    [InlineData("FP32", "[1]", "[{}]", "FP32", "[1]", "[{} ]")]
    public void Other_datatypes_shapes_and_counts_are_another_schema(string datatype, string shape, string data, string otherDatatype, string otherShape, string otherData) =>
        Answers.Compare(Answers.Tensor(datatype, shape, data), Answers.Tensor(otherDatatype, otherShape, otherData)).Result.Should().Be(PairResult.Schema);

    [Fact]
    public void Outputs_are_found_by_name_in_any_order_and_a_missing_one_is_another_schema()
    {
        const string One = """{"name":"a","datatype":"INT8","shape":[1],"data":[1]}""";
        const string Two = """{"data":[2],"shape":[1],"datatype":"INT8","name":"b"}""";
        var both = Answers.Json($$"""{"outputs":[{{One}},{{Two}}]}""");

        Answers.Compare(both, Answers.Json($$"""{"id":"7","outputs":[{{Two}},{{One}}],"parameters":{"x":1} }""")).Result.Should().Be(PairResult.Agree);
        Answers.Compare(both, Answers.Json($$"""{"outputs":[{{One}}]}""")).Result.Should().Be(PairResult.Schema);
        Answers.Compare(Answers.Json($$"""{"outputs":[{{One}}]}"""), both).Result.Should().Be(PairResult.Schema);
        Answers.Compare(both, Answers.Json($$"""{"outputs":[{{One}},{{One}}]}""")).Result.Should().Be(PairResult.Schema);
    }

    [Fact]
    public void Nested_and_flat_data_are_the_same()
    {
        var comparison = Answers.Compare(Answers.Tensor("INT32", "[2,2]", "[1,2,3,4]"), Answers.Tensor("INT32", "[2,2]", "[[1,2],[3,5]]"));

        comparison.Differences.Should().Equal(new Difference("score", 3, "4", "5"));
    }

    [Fact]
    public void A_tolerance_with_one_part_leaves_the_other_at_0()
    {
        var (stable, candidate) = (Answers.Tensor("FP32", "[1]", "[0.5]"), Answers.Tensor("FP32", "[1]", "[0.5003]"));

        Answers.Compare(stable, candidate).Result.Should().Be(PairResult.Agree);
        Answers.Compare(stable, candidate, new CompareRule { Output = "score", Absolute = 1e-4 }).Result.Should().Be(PairResult.Disagree);
        Answers.Compare(stable, candidate, new CompareRule { Output = "score", Relative = 1e-3 }).Result.Should().Be(PairResult.Agree);
        Answers.Compare(stable, candidate, new CompareRule { Output = "other", Absolute = 0 }).Result.Should().Be(PairResult.Agree);
    }

    [Fact]
    public void Whole_numbers_may_differ_where_a_rule_says_so()
    {
        var (stable, candidate) = (Answers.Tensor("INT32", "[1]", "[100]"), Answers.Tensor("INT32", "[1]", "[102]"));

        Answers.Compare(stable, candidate, new CompareRule { Output = "score", Absolute = 2 }).Result.Should().Be(PairResult.Agree);
        Answers.Compare(stable, candidate, new CompareRule { Output = "score", Absolute = 1 }).Result.Should().Be(PairResult.Disagree);
    }

    [Fact]
    public void Exact_asks_for_the_same_number()
    {
        var rule = new CompareRule { Output = "score", Mode = CompareMode.Exact };

        Answers.Compare(Answers.Tensor("FP32", "[1]", "[0.5]"), Answers.Tensor("FP32", "[1]", "[0.50000006]"), rule).Result.Should().Be(PairResult.Disagree);
        Answers.Compare(Answers.Tensor("FP32", "[1]", "[0.1]"), Answers.Tensor("FP32", "[1]", "[0.10000000149]"), rule).Result.Should().Be(PairResult.Agree, "both are written forms of one FP32");
    }

    [Theory]
    [InlineData("[0.2,0.8, 0.9,0.1]", "[0.4,0.6, 0.6,0.4]", PairResult.Agree)]
    [InlineData("[0.2,0.8, 0.9,0.1]", "[0.4,0.6, 0.4,0.6]", PairResult.Disagree)]
    [InlineData("[0.2,0.8, 0.50004,0.49996]", "[0.2,0.8, 0.4,0.6]", PairResult.Agree)]
    [InlineData("[0.2,0.8, 0.9,0.1]", "[0.2,0.8, null,0.1]", PairResult.CandidateError)]
    public void Top_1_asks_for_the_same_highest_class_in_each_row_and_a_tie_of_stable_counts_as_the_same(string stable, string candidate, object result)
    {
        var rule = new CompareRule { Output = "score", Mode = CompareMode.Top1 };

        Answers.Compare(Answers.Tensor("FP32", "[2,2]", stable), Answers.Tensor("FP32", "[2,2]", candidate), rule).Result.Should().Be((PairResult)result);
    }

    [Fact]
    public void Top_1_of_labels_asks_for_the_same_labels()
    {
        var rule = new CompareRule { Output = "score", Mode = CompareMode.Top1 };

        Answers.Compare(Answers.Tensor("INT64", "[3]", "[1,0,2]"), Answers.Tensor("INT64", "[3]", "[0,1,2]"), rule).Result.Should().Be(PairResult.Disagree);
    }

    [Theory]
    [InlineData("\"a  b\\n\"", "\" a b\"", true)]
    [InlineData("\"a b\"", "\"ab\"", false)]
    public void Text_leaves_white_space_out(string stable, string candidate, bool agrees) =>
        Answers.Compare(Answers.Tensor("BYTES", "[1]", $"[{stable}]"), Answers.Tensor("BYTES", "[1]", $"[{candidate}]"), new CompareRule { Output = "score", Mode = CompareMode.Text })
            .Result.Should().Be(agrees ? PairResult.Agree : PairResult.Disagree);

    [Fact]
    public void Only_the_first_difference_of_an_output_is_told_and_it_is_cut()
    {
        var comparison = Answers.Compare(
            Answers.Tensor("BYTES", "[3]", $"[\"same\",\"{new string('a', 100)}\",\"x\"]"),
            Answers.Tensor("BYTES", "[3]", "[\"same\",\"b\\nb\",\"y\"]"));

        comparison.Differences.Should().Equal(new Difference("score", 1, new string('a', 64), "b?b"));
    }

    [Fact]
    public void Raw_tensors_are_compared_by_their_bytes()
    {
        var stable = Answers.Binary("FP32", "[2]", Answers.Bytes(1), Answers.Bytes(2));

        Answers.Compare(stable, Answers.Binary("FP32", "[2]", Answers.Bytes(1.0005f), Answers.Bytes(2))).Result.Should().Be(PairResult.Agree);
        Answers.Compare(stable, Answers.Binary("FP32", "[2]", Answers.Bytes(1), Answers.Bytes(2.1f))).Differences.Should().Equal(new Difference("score", 1, "2", "2.0999999046325684"));
        Answers.Compare(stable, Answers.Tensor("FP32", "[2]", "[1, 2]")).Result.Should().Be(PairResult.Agree, "one side may write JSON");
        Answers.Compare(stable, Answers.Binary("FP32", "[2]", Answers.Bytes(1))).Result.Should().Be(PairResult.Schema);
        Answers.Compare(stable, Answers.Binary("FP32", "[2]", Answers.Bytes(float.NaN), Answers.Bytes(2))).Result.Should().Be(PairResult.CandidateError);
    }

    [Fact]
    public void Raw_texts_are_compared_by_their_bytes_and_a_length_past_the_end_is_another_schema()
    {
        var stable = Answers.Binary("BYTES", "[2]", Answers.Bytes("é"), Answers.Bytes(""));

        Answers.Compare(stable, Answers.Tensor("BYTES", "[2]", "[\"é\",\"\"]")).Result.Should().Be(PairResult.Agree);
        Answers.Compare(stable, Answers.Binary("BYTES", "[2]", Answers.Bytes("é"), [255, 255, 255, 255])).Result.Should().Be(PairResult.Schema);
    }

    [Theory]
    [InlineData("BOOL", new byte[] { 1 }, "true")]
    [InlineData("INT8", new byte[] { 0xff }, "-1")]
    [InlineData("INT16", new byte[] { 0xfe, 0xff }, "-2")]
    [InlineData("UINT16", new byte[] { 0xfe, 0xff }, "65534")]
    [InlineData("INT32", new byte[] { 1, 0, 0, 0x80 }, "-2147483647")]
    [InlineData("UINT32", new byte[] { 1, 0, 0, 0x80 }, "2147483649")]
    [InlineData("INT64", new byte[] { 1, 0, 0, 0, 0, 0, 0x20, 0 }, "9007199254740993")]
    [InlineData("UINT64", new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "18446744073709551615")]
    [InlineData("FP64", new byte[] { 0, 0, 0, 0, 0, 0, 0xf0, 0x3f }, "1")]
    [InlineData("FP16", new byte[] { 0, 0x3c }, "1")]
    [InlineData("BF16", new byte[] { 0x80, 0x3f }, "1")]
    public void Every_datatype_reads_the_same_from_raw_bytes_as_from_JSON(string datatype, byte[] raw, string json) =>
        Answers.Compare(Answers.Binary(datatype, "[1]", raw), Answers.Tensor(datatype, "[1]", $"[{json}]"), new CompareRule { Output = "score", Mode = CompareMode.Exact })
            .Result.Should().Be(PairResult.Agree);
}
