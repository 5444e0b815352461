using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Tests.Traffic;

public sealed class TrafficLogTests
{
    [Fact]
    public void Errors_are_answers_of_500_or_above_and_requests_without_any()
    {
        var log = Log(("v1", 200), ("v1", 404), ("v1", 499), ("v1", 500), ("v1", 503), ("v2", 200), (null, TrafficLog.NoAnswer));

        log.ByVersion().Should().BeEquivalentTo(new Dictionary<string, AnswerCount>(StringComparer.Ordinal)
        {
            ["v1"] = new(5, 2),
            ["v2"] = new(1, 0),
            [TrafficLog.NoVersion] = new(1, 1),
        });
        log.Total().Should().Be(new AnswerCount(7, 3));
    }

    [Fact]
    public void Errors_that_the_bad_version_answered_itself_are_expected() => Log(("v3", 500), ("v3", 200), ("v1", 200)).UnexpectedErrors("v3").Should().BeEmpty();

    [Fact]
    public void All_else_that_is_no_200_is_not()
    {
        var log = Log(("v1", 500), ("v1", 500), ("v3", 404), (null, 503), (null, TrafficLog.NoAnswer), ("v3", 500));

        log.UnexpectedErrors("v3").Should().Equal(
            "1 × status 0 (0: no answer) from none",
            "1 × status 503 (0: no answer) from none",
            "2 × status 500 (0: no answer) from v1",
            "1 × status 404 (0: no answer) from v3");
    }

    private static TrafficLog Log(params (string? Version, int Status)[] answers)
    {
        var log = new TrafficLog();
        foreach (var (version, status) in answers)
        {
            log.Add(version, status);
        }

        return log;
    }
}
