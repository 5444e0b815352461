using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

/// <summary>From the text of two gateways to a verdict, with nothing in between left out.</summary>
public sealed class EvidenceToVerdictTests
{
    private static readonly JudgeSettings Settings = new()
    {
        Guards =
        [
            new() { Name = "errors.ceiling", Kind = GuardKind.ErrorCeiling, Ceiling = 0.05, Required = true },
            new() { Name = "errors.ratio", Kind = GuardKind.ErrorRatio, Ratio = 1.5, Floor = 0.001 },
        ],
        StepTolerances = Tolerances.ForWeights(1.5, [1000, 5000]),
        Baseline = new(60, 60_000, 0, 0),
    };

    private readonly ScrapeFixture _fixture = new();

    [Fact]
    public async Task A_candidate_that_answers_only_errors_is_failed_by_the_first_block()
    {
        await PlayAsync(rounds: 1, candidateErrors: 7);

        var judgement = Judge.Assess(Settings, Judged(), 0, lastStep: false);

        (judgement.Failed, judgement.Outage).Should().Be((true, true), "two gateways saw seven failures each, and twelve in a row are an outage");
    }

    [Fact]
    public async Task A_candidate_whose_clients_went_away_is_not_blamed_and_a_clean_one_passes()
    {
        await PlayAsync(rounds: 70, candidateErrors: 0, cancelled: 50);

        var judgement = Judge.Assess(Settings, Judged(), 1, lastStep: true);

        (judgement.Failed, judgement.AllRequiredPass).Should().Be((false, true));
        judgement.Verdicts[0].Samples.Should().Be(70 * 14);
    }

    private async Task PlayAsync(int rounds, int candidateErrors, int cancelled = 0)
    {
        _fixture.Evidence.Watch(ScrapeFixture.Route, ScrapeFixture.Interval);
        _fixture.Gateways.Add("g1");
        _fixture.Gateways.Add("g2");
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var gateway in (string[])["g1", "g2"])
            {
                _fixture.Gateways.Answers(gateway, new GatewayText(gateway).Sequence(3)
                    .Requests("stable", "200", 63 * round)
                    .Requests("candidate", "200", (7 - candidateErrors) * round)
                    .Requests("candidate", "503", candidateErrors * round)
                    .Requests("candidate", "cancelled", cancelled * round));
            }

            await _fixture.ScrapeAsync();
        }
    }

    private JudgementState Judged() => _fixture.Evidence.Drain(ScrapeFixture.Route).Aggregate(Judge.Begin(Settings), (state, round) =>
        Judge.Observe(Settings, state, new() { Candidate = Arm(round, "candidate"), Stable = Arm(round, "stable") }, round.Complete));

    private static ArmBlock Arm(MlopsOperator.Rollouts.Inputs.EvidenceRound round, string revision) => round.Arms[revision];
}
