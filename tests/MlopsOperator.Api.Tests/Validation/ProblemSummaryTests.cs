using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Tests.Validation;

public sealed class ProblemSummaryTests
{
    private static readonly Problem A = new("spec.a", "1", "two");
    private static readonly Problem B = new("spec.b", null, "three");

    [Fact]
    public void All_problems_are_said_in_order() =>
        ProblemSummary.Of([A, B]).Should().Be("spec.a: found \"1\"; expected two | spec.b: found nothing; expected three");

    [Fact]
    public void Without_problems_there_is_no_text() => ProblemSummary.Of([]).Should().BeEmpty();

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(500)]
    public void What_does_not_fit_is_counted(int count)
    {
        var text = ProblemSummary.Of([.. Enumerable.Repeat(A, count)], limit: 100);
        text.Length.Should().BeLessThanOrEqualTo(100);
        var shown = text.Split(" | ").Count(part => part.StartsWith("spec.a", StringComparison.Ordinal));
        shown.Should().BePositive();
        if (shown < count)
        {
            text.Should().EndWith(FormattableString.Invariant($" | {count - shown} more"));
        }
    }

    [Fact]
    public void A_problem_that_alone_is_too_long_is_cut() => ProblemSummary.Of([A, B], limit: 10).Should().Be("spec.a: fo");
}
