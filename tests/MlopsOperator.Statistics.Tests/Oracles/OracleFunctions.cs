using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;
using MlopsOperator.Statistics.Verdicts.Scores;
using MlopsOperator.Statistics.Verdicts.Totals;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Tests.Oracles;

/// <summary>The functions that are built, by their names in the reference implementation, each with the number of vectors that the fixture has for it.</summary>
internal static class OracleFunctions
{
    public static IReadOnlyDictionary<string, (int Vectors, Func<OracleVector, object?> Run)> Covered { get; } =
        new Dictionary<string, (int, Func<OracleVector, object?>)>(StringComparer.Ordinal)
        {
            ["share_null"] = (6, v => ShareScore.AllowedShare(v["w"], v["rho"])),
            ["score_share_fail"] = (13, v => ShareScore.Fail(v["n_c"], v["e_c"], v["n_s"], v["e_s"], v["rho"])),
            ["score_share_pass"] = (13, v => ShareScore.Pass(v["n_c"], v["e_c"], v["n_s"], v["e_s"], v["rho"])),
            ["score_ceiling_fail"] = (8, v => CeilingScore.Fail(v["n"], v["total"], v["c"])),
            ["score_ceiling_pass"] = (8, v => CeilingScore.Pass(v["n"], v["total"], v["c"])),
            ["log_ceiling_pass"] = (7, v => CeilingPass.LogWealth(v["n"], v["e"], v["c"], v["k"])),
            ["fano"] = (4, v => ClusterSize.Fano(v["sum_e"], v["sum_e2"], v["blocks"])),
            ["cluster_size"] = (4, v => ClusterSize.Of(v["sum_e"], v["sum_e2"], v["blocks"], v["minimum"])),
            ["log_outage"] = (6, v => Outage.LogWealth(v["n"], v["e"], v["c"])),
            ["outage_cusum"] = (1, OutageSequence),
            ["capital"] = (7, v => Bet.Capital(v["t"], v["step_index"])),
            ["betting_scores"] = (4, v => LogWealths(v.OptionalNumbers("scores"))),
            ["betting_scores_at"] = (1, ScoresAt),
            ["betting_share_fail"] = (2, v => Betting(v, row => ShareScore.Fail(row[0], row[1], row[2], row[3], v["rho"]))),
            ["betting_share_pass"] = (1, v => Betting(v, row => ShareScore.Pass(row[0], row[1], row[2], row[3], v["rho"]))),
            ["betting_ceiling_fail"] = (1, v => Betting(v, row => CeilingScore.Fail(row[0], row[1], v["c"]))),
            ["error_rate_guard"] = (1, ErrorRateGuard),
            ["combine_fail"] = (5, v => Combination.LogFail(v.Numbers("log_wealths"))),
            ["pass_gate"] = (8, PassGateOf),
            ["verdict"] = (11, VerdictOf),
            ["step_tolerance"] = (5, v => Tolerances.AtStep(v["rho"], v["w"], v["w_last"], v["most"])),
            ["blocks_to_threshold"] = (4, v => Growth.BlocksToThreshold(v.Numbers("wealth"), v["cash"], v.Numbers("growth"), v["log_threshold"])),
            ["planned_growth"] = (4, PlannedGrowth),
            ["edges"] = (1, _ => LatencyHistogram.Edges),
            ["index"] = (15, v => LatencyHistogram.Index(v["v"])),
            ["quantile"] = (7, v => LatencyHistogram.Quantile(v.Numbers("counts"), v["q"])),
            ["nearest_edge"] = (2, v => LatencyHistogram.NearestEdge(v.Numbers("counts"), v["q"])),
            ["exceeding"] = (1, v => LatencyHistogram.Exceeding(v.Numbers("counts"), (int)v["i"])),
            ["block"] = (8, Block),
        };

    private static List<double> LogWealths(IEnumerable<double?> scores)
    {
        var wealth = Wealth.Start;
        var logs = new List<double>();
        foreach (var score in scores)
        {
            wealth = wealth.After(score);
            logs.Add(wealth.LogValue);
        }

        return logs;
    }

    private static List<double> ScoresAt(OracleVector vector)
    {
        var logs = LogWealths(Enumerable.Repeat<double?>(vector["score"], (int)vector["times"]));
        return vector.Numbers("at").Select(at => logs[(int)at]).ToList();
    }

    private static Dictionary<string, object?> Betting(OracleVector vector, Func<double[], double?> score)
    {
        var changes = vector.Inputs.ContainsKey("weight_changed_before_block") ? vector.Numbers("weight_changed_before_block") : [];
        var (wealth, scores, logs) = (Wealth.Start, new List<double?>(), new List<double>());
        foreach (var (index, row) in vector.Rows("blocks").Index())
        {
            wealth = (changes.Contains(index) ? wealth.AfterWeightChange() : wealth).After(score(row));
            scores.Add(score(row));
            logs.Add(wealth.LogValue);
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["scores"] = scores, ["log_wealth"] = logs };
    }

    private static List<double> OutageSequence(OracleVector vector)
    {
        var (logs, values) = (Outage.Start, new List<double>());
        foreach (var row in vector.Rows("blocks"))
        {
            logs = Outage.After(logs, row[0], row[1], vector["c"]);
            values.Add(Outage.LogValue(logs));
        }

        return values;
    }

    // Through the judge itself: what the engine calls gives the reference's numbers.
    private static Dictionary<string, object?> ErrorRateGuard(OracleVector vector)
    {
        var settings = new JudgeSettings
        {
            Guards = [new() { Name = "errors.ratio", Kind = GuardKind.ErrorRatio, Ratio = vector["rho"], Floor = vector["floor"] }],
            StepTolerances = [vector["rho"]],
        };
        vector["k"].Should().Be(ClusterSize.Minimum);
        var (state, fail, pass) = (Judge.Begin(settings), new List<double>(), new List<double>());
        foreach (var row in vector.Rows("blocks"))
        {
            var block = new EvidenceBlock { Candidate = new() { Requests = row[0], Errors = row[1] }, Stable = new() { Requests = row[2], Errors = row[3] } };
            state = Judge.Observe(settings, state, block, countsForPass: true);
            var verdict = Judge.Assess(settings, state, 0, lastStep: true).Verdicts[0];
            fail.Add(verdict.LogFail);
            pass.Add(verdict.LogPass);
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["log_fail"] = fail, ["log_pass"] = pass };
    }

    private static string? PassGateOf(OracleVector v) => PassGate.ForRatio(
        v["blocks"],
        v["blocks"],
        new(v["blocks"], v["n_c"], v["e_c"], v["q_c"]),
        new(v["blocks"], v["n_s"], v["e_s"], v["q_s"]),
        v["rho"],
        v["floor"],
        v["min_blocks"],
        v["clump"]);

    private static string[] VerdictOf(OracleVector v)
    {
        var (state, reason) = VerdictRule.Decide(v["log_fail_peak"], v["log_pass"], v["alpha"], v["beta"], v.Text("gate"));
        return [state.ToString(), reason];
    }

    private static Dictionary<string, object?> PlannedGrowth(OracleVector v)
    {
        var (any, growth) = Growth.Planned(v["p_s"], v["ratio"], v["per_block"], v["w"], v["rho"], string.Equals(v.Text("direction"), "F", StringComparison.Ordinal));
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["p_any"] = any, ["growth"] = growth };
    }

    private static Dictionary<string, object?> Block(OracleVector v)
    {
        var (deltas, reason) = CounterDeltas.Between(v.Counters("prev"), v.Counters("cur")!, v.Inputs["prev_start"]?.ToJsonString(), v.Inputs["cur_start"]?.ToJsonString());
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["delta"] = deltas?.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal),
            ["reason"] = reason,
        };
    }
}
