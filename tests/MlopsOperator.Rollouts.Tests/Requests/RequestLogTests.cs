using System.Globalization;
using MlopsOperator.Api.Requests;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class RequestLogTests
{
    [Fact]
    public void The_newest_answers_are_kept_and_none_whose_request_does_not_show_it()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        for (var i = 0; i < 40; i++)
        {
            release.Ask(RequestAction.Resume, by: i.ToString(CultureInfo.InvariantCulture));
        }

        release.Settle();
        release.Record.Requests.Should().HaveCount(32, "the others wait for room");
        release.Record.Requests![0].By.Should().Be("0");

        // Statuses of the first ten are written: they make room.
        release.Requests.RemoveRange(0, 10);
        release.Settle();
        release.Record.Requests.Should().HaveCount(32);
        release.Record.Requests![^1].By.Should().Be("39");
        release.Record.Requests.Select(r => r.By).Should().Contain("10").And.NotContain("0");
    }

    [Fact]
    public void Names_and_reasons_cannot_break_a_line()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask("odd", new RolloutRequestSpec { Deployment = "delays", Action = RequestAction.Pause, RequestedBy = "jane\nroot\u202e", Reason = "a\r\nb" }).Settle();

        release.Record.Message.Should().Contain("jane root").And.NotContainAny("\n", "\r", "\u202e");
        release.Record.Requests![^1].By.Should().Be("jane\nroot\u202e", "the record keeps what was written");
    }
}
