using System.Globalization;
using System.Text;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Tests.Comparing;

public sealed class JsonComparisonTests
{
    [Theory]
    [InlineData("""{"predictions":[0.5,0.25]}""", """{"predictions":[0.50001,0.25]}""", PairResult.Agree)]
    [InlineData("""{"predictions":[0.5,0.25]}""", """{"predictions":[0.6,0.25]}""", PairResult.Disagree)]
    [InlineData("""{"predictions":[1,2]}""", """{"predictions":[1,3]}""", PairResult.Disagree)]
    [InlineData("""{"predictions":[1,2]}""", """{"predictions":[1,2,3]}""", PairResult.Schema)]
    [InlineData("""{"predictions":[1.5]}""", """{"predictions":["a"]}""", PairResult.Schema)]
    [InlineData("""{"predictions":[1.5]}""", """{"predictions":[null]}""", PairResult.CandidateError)]
    [InlineData("""{"predictions":[null]}""", """{"predictions":[1.5]}""", PairResult.StableError)]
    [InlineData("""{"predictions":[[1.5,true,"a",null]]}""", """{"predictions":[[1.5,true,"a",null]]}""", PairResult.Agree)]
    [InlineData("""{"predictions":[{"label":"a","score":0.5}]}""", """{"predictions":[{"score":0.5,"label":"a"}]}""", PairResult.Agree)]
    [InlineData("""{"predictions":[{"label":"a","score":0.5}]}""", """{"predictions":[{"score":0.5}]}""", PairResult.Schema)]
    [InlineData("""{"predictions":[{"id":1}]}""", """{"predictions":[{"id":2}]}""", PairResult.Disagree)]
    [InlineData("""{"id":"1","model":"a","usage":{"n":1},"created":5,"text":"x"}""", """{"text":"x","id":"2","model":"b"}""", PairResult.Agree)]
    [InlineData("""{"text":"x"}""", """{"text":"y"}""", PairResult.Disagree)]
    [InlineData("""{"text":"x"}""", """{"text":"x","more":1}""", PairResult.Schema)]
    [InlineData("[1,2]", "[1,2]", PairResult.Agree)]
    [InlineData("[1,2]", "{}", PairResult.Schema)]
    [InlineData("{}", "not json", PairResult.CandidateError)]
    [InlineData("[NaN]", "{}", PairResult.StableError)]
    [InlineData("""{"a":"\ud800"}""", """{"a":"b"}""", PairResult.Schema)]
    [InlineData("{", "}", PairResult.BothError)]
    [InlineData("", "", PairResult.Agree)]
    [InlineData("", "{}", PairResult.StableError)]
    public void Other_JSON_is_compared_member_by_member(string stable, string candidate, object result) =>
        Answers.Compare(Answers.Json(stable), Answers.Json(candidate)).Result.Should().Be((PairResult)result);

    [Fact]
    public void Members_of_predictions_are_outputs_that_rules_and_counters_name()
    {
        var comparison = Answers.Compare(
            Answers.Json("""{"predictions":[{"label":"a","score":[0.2,0.8]},{"label":"b","score":[0.7,0.3]}]}"""),
            Answers.Json("""{"predictions":[{"label":"a","score":[0.4,0.6]},{"label":"c","score":[0.6,0.4]}]}"""),
            new CompareRule { Output = "score", Mode = CompareMode.Top1 });

        comparison.Differences.Select(difference => difference.Output).Should().Equal("label");
    }

    [Theory]
    [InlineData("a b", "a b", PairResult.Agree)]
    [InlineData("a b", "a  b", PairResult.Disagree)]
    [InlineData("", "", PairResult.Agree)]
    public void Other_bodies_are_compared_byte_for_byte(string stable, string candidate, object result)
    {
        var (one, other) = (Text(stable), Text(candidate));

        Answers.Compare(one, other).Result.Should().Be((PairResult)result);
        Answers.Compare(one, other, new CompareRule { Output = "body", Mode = CompareMode.Text }).Result.Should().Be(PairResult.Agree);
    }

    [Fact]
    public void Names_and_values_are_cut_however_long_an_answer_has_them()
    {
        var longer = new string('n', 10_000);

        var difference = Answers.Compare(Answers.Json($$"""{"{{longer}}":"{{longer}}"}"""), Answers.Json($$"""{"{{longer}}":"x"}""")).Differences.Single();
        var schema = Answers.Compare(Answers.Tensor(longer, "[1]", "[1]"), Answers.Tensor("FP32", "[1]", "[1]")).Differences.Single();

        difference.Output.Length.Should().BeLessThanOrEqualTo(Limits.QuotedLength + 1);
        (difference.Stable.Length, schema.Stable.Length).Should().Be((Limits.SampledValueLength, Limits.SampledValueLength));
    }

    [Fact]
    public void A_text_where_stable_has_JSON_is_another_schema() =>
        Answers.Compare(new AnswerBody(Encoding.UTF8.GetBytes("""{"a":1}"""), null, null), Text("hello")).Result.Should().Be(PairResult.Schema);

    [Fact]
    public void What_is_too_deep_to_be_read_is_an_error_and_takes_no_stack() =>
        Answers.Compare(Answers.Json("{}"), Answers.Json(new string('[', 100_000))).Result.Should().Be(PairResult.CandidateError);

    [Fact]
    public void Objects_with_very_many_members_must_be_equal_as_a_whole()
    {
        static string Members(int last) => "{\"all\":{" + string.Join(',', Enumerable.Range(0, 60_000).Select(index => string.Create(CultureInfo.InvariantCulture, $"\"m{index}\":{(index == 59_999 ? last : 0)}"))) + "}}";

        Answers.Compare(Answers.Json(Members(1)), Answers.Json(Members(1))).Result.Should().Be(PairResult.Agree);
        Answers.Compare(Answers.Json(Members(1)), Answers.Json(Members(2))).Result.Should().Be(PairResult.Disagree);
    }

    [Fact]
    public void No_bytes_whatever_make_comparing_fail()
    {
        var random = new Random(1);
        var seed = Encoding.UTF8.GetBytes(Answers.Classifier(0.25, 0.75));
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = seed[..random.Next(seed.Length + 1)];
            for (var change = random.Next(4); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = "{}[]\",:01eE-.nult\u00c3"u8[random.Next(19)];
            }

            var length = random.Next(3) == 0 ? random.Next(bytes.Length + 1) : default(int?);
            Answers.Compare(new AnswerBody(seed, "application/json", null), new AnswerBody(bytes, "application/json", length)).Should().NotBeNull();
        }
    }

    private static AnswerBody Text(string text) => new(Encoding.UTF8.GetBytes(text), "text/plain", null);
}
