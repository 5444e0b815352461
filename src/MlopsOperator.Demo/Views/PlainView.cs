using System.Globalization;
using MlopsOperator.Demo.Summaries;

namespace MlopsOperator.Demo.Views;

/// <summary>A line a change: for pipes, logs and terminals without colour.</summary>
internal sealed class PlainView(TextWriter output) : IDemoView
{
    private static readonly TimeSpan BetweenRates = TimeSpan.FromSeconds(2);

    private string _rollout = "";
    private string _waiting = "";
    private TimeSpan _lastRates;

    public void Say(string sentence) => output.WriteLine(sentence);

    public void Show(DemoState state)
    {
        var rollout = Words.Rollout(state.Rollout);
        var waiting = state.Rollout?.Status?.Columns?.WaitingFor ?? "";
        if (!string.Equals(rollout, _rollout, StringComparison.Ordinal) || !string.Equals(waiting, _waiting, StringComparison.Ordinal))
        {
            _rollout = rollout;
            _waiting = waiting;
            output.WriteLine($"[{Words.Clock(state.Elapsed)}] {rollout}{(waiting.Length > 0 ? $"; waits for {waiting}" : "")}");
        }

        if (state.Rates.Count > 0 && state.Elapsed - _lastRates >= BetweenRates)
        {
            _lastRates = state.Elapsed;
            var rates = state.Rates.Select(rate => $"{rate.Key} {Words.Rate(rate.Value)}, errors {Words.Share(rate.Value.ErrorShare)}");
            output.WriteLine($"[{Words.Clock(state.Elapsed)}]   traffic: {string.Join(" · ", rates)}");
            foreach (var verdict in state.Rollout?.Status is { FinishedAt: null, Verdicts: { } verdicts } ? verdicts : [])
            {
                output.WriteLine($"[{Words.Clock(state.Elapsed)}]   {Words.Verdict(verdict)}");
            }
        }
    }

    public void Finish(DemoSummary summary)
    {
        output.WriteLine();
        output.WriteLine("rollout      from         to           phase        outcome      seconds  requests  errors  weights");
        foreach (var rollout in summary.Rollouts)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rollout.Name,-12} {rollout.From ?? "–",-12} {rollout.To,-12} {rollout.Phase,-12} {rollout.Outcome,-12} {rollout.DurationSeconds,7:0.0}  {rollout.Requests,8}  {rollout.Errors,6}  {string.Join(' ', rollout.Weights.Select(Words.Percent))}"));
            output.WriteLine($"             {rollout.Reason}");
        }

        output.WriteLine();
        foreach (var (version, count) in summary.Traffic.ByVersion)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{version,-12} {count.Requests,8} answers, {count.Errors,6} errors"));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
