using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Tests.Views;

public sealed class PlainViewTests
{
    private static readonly DemoState First = new(
        TimeSpan.FromSeconds(4),
        "",
        null,
        new ModelRollout
        {
            Metadata = new() { Name = "delays-2" },
            Spec = new ModelRolloutSpec { From = new RolloutRevision { ModelVersion = "v1" }, To = new RolloutRevision { ModelVersion = "v2" } },
            Status = new ModelRolloutStatus
            {
                Phase = RolloutPhase.Progressing,
                Columns = new RolloutColumns { WaitingFor = "Pass of errors", Weight = "10%" },
                Verdicts = [new MetricVerdict { Metric = "errors", Reason = "MoreNeeded", Candidate = 0.018, Samples = 113 }],
            },
        },
        new Dictionary<string, VersionRate>(StringComparer.Ordinal) { ["v2"] = new(30, 0.018) },
        new Dictionary<string, AnswerCount>(StringComparer.Ordinal) { ["v2"] = new(113, 2) });

    [Fact]
    public async Task Lines_have_no_escape_codes_and_tell_rollout_rates_and_evidence()
    {
        var text = new StringWriter();
        await using (var view = new PlainView(text))
        {
            view.Say("A sentence.");
            view.Show(First);
            view.Finish(Samples.Summary);
        }

        var output = text.ToString();
        output.Should().NotContain("\u001b");
        output.Split(Environment.NewLine).Should().StartWith("A sentence.");
        output.Should().Contain("delays-2 v1 → v2: Progressing").And.Contain("waits for Pass of errors").And.Contain("v2 30/s, errors 1.8%").And.Contain("113 samples");
        output.Should().MatchRegex(@"delays-2 +delays-v1 +delays-v2 +RolledBack +Failed +10\.0 +272 +5 +10% 0%").And.Contain("It fails.").And.MatchRegex("delays-v2 +272 answers, +5 errors");
    }

    [Fact]
    public async Task What_has_not_changed_is_not_told_again()
    {
        var text = new StringWriter();
        await using var view = new PlainView(text);
        view.Show(First);
        var before = text.ToString();

        view.Show(First with { Elapsed = TimeSpan.FromSeconds(5) });
        text.ToString().Should().Be(before);

        view.Show(First with { Elapsed = TimeSpan.FromSeconds(7) });
        text.ToString()[before.Length..].Should().Contain("traffic:").And.NotContain("waits for");
    }
}
