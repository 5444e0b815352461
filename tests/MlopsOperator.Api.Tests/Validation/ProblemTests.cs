using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Tests.Validation;

public sealed class ProblemTests
{
    [Fact]
    public void A_problem_is_one_sentence_with_field_found_and_expected() =>
        new Problem("spec.analysis.metrics[1].latency.quantile", "95", "a number between 0 and 1, such as 0.95").ToString()
            .Should().Be("spec.analysis.metrics[1].latency.quantile: found \"95\"; expected a number between 0 and 1, such as 0.95");

    [Fact]
    public void A_remedy_follows_where_there_is_one() =>
        new Problem("metadata.name", null, "a name", "create it under another name").ToString()
            .Should().Be("metadata.name: found nothing; expected a name; create it under another name");

    [Theory]
    [InlineData("a\nb", "\"a\\u000ab\"")]
    [InlineData("a\u202eb", "\"a\\u202eb\"")]
    [InlineData("a\u2028b", "\"a\\u2028b\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    public void What_was_found_cannot_rewrite_the_line_it_stands_in(string found, string shown) =>
        new Problem("spec.x", found, "y").ToString().Should().Be($"spec.x: found {shown}; expected y");

    [Fact]
    public void Long_values_are_cut() =>
        new Problem("spec.x", new string('a', 5_000), "y").ToString().Should().Be($"spec.x: found \"{new string('a', Problem.FoundLimit)}…\"; expected y");
}
