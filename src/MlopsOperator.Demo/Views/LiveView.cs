using System.Globalization;
using MlopsOperator.Demo.Summaries;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MlopsOperator.Demo.Views;

/// <summary>One picture that is drawn again in place: for terminals.</summary>
internal sealed class LiveView(IAnsiConsole console) : IDemoView
{
    private const int BarWidth = 40;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _sentences = new();
    private LiveDisplayContext? _context;
    private Task? _display;
    private IRenderable _last = new Text("");

    public void Say(string sentence)
    {
        // While the picture is up, sentences stand in it; before and after, they are lines.
        if (_context is null)
        {
            console.MarkupLineInterpolated($"{sentence}");
            return;
        }

        _sentences.Enqueue(sentence);
        while (_sentences.Count > 6)
        {
            _sentences.Dequeue();
        }
    }

    public void Show(DemoState state)
    {
        _last = Draw(state);
        _display ??= console.Live(_last).AutoClear(false).StartAsync(async context =>
        {
            _context = context;
            await _ended.Task;
        });
        _context?.UpdateTarget(_last);
        _context?.Refresh();
    }

    public void Finish(DemoSummary summary)
    {
        Stop();
        var rollouts = new Table().RoundedBorder().AddColumns("rollout", "from", "to", "outcome", "seconds", "requests", "errors", "weights");
        foreach (var rollout in summary.Rollouts)
        {
            var colour = rollout.Phase is "Succeeded" ? "green" : "red";
            rollouts.AddRow(
                new Markup(Markup.Escape(rollout.Name)),
                new Markup(Markup.Escape(rollout.From ?? "–")),
                new Markup(Markup.Escape(rollout.To)),
                new Markup($"[{colour}]{Markup.Escape($"{rollout.Phase}, {rollout.Outcome}")}[/]"),
                new Markup(rollout.DurationSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
                new Markup(rollout.Requests.ToString(CultureInfo.InvariantCulture)),
                new Markup(rollout.Errors.ToString(CultureInfo.InvariantCulture)),
                new Markup(string.Join(' ', rollout.Weights.Select(Words.Percent))));
        }

        console.Write(rollouts);
        foreach (var rollout in summary.Rollouts)
        {
            console.MarkupLineInterpolated($"[bold]{rollout.Name}[/]: {rollout.Reason}");
        }

        var traffic = new Table().RoundedBorder().AddColumns("version", "answers", "errors");
        foreach (var (version, count) in summary.Traffic.ByVersion)
        {
            traffic.AddRow(Markup.Escape(version), count.Requests.ToString(CultureInfo.InvariantCulture), count.Errors.ToString(CultureInfo.InvariantCulture));
        }

        console.Write(traffic);
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_display is { } display)
        {
            await display;
        }
    }

    private void Stop()
    {
        _context = null;
        _ended.TrySetResult();
    }

    private Rows Draw(DemoState state)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(Words.Clock(state.Elapsed))}[/]  {Markup.Escape(state.Chapter)}"),
            new Markup(Markup.Escape(Words.Rollout(state.Rollout))),
        };
        if (state.Rollout?.Status is { Weights: { } weights } && state.Rollout.Spec.From is { } from)
        {
            var candidate = (int)Math.Round(BarWidth * weights.Candidate / 10_000.0);
            rows.Add(new Markup($"{Markup.Escape(from.ModelVersion)} [blue]{new string('█', BarWidth - candidate)}[/][yellow]{new string('█', candidate)}[/] {Markup.Escape(state.Rollout.Spec.To.ModelVersion)} {Words.Percent(weights.Candidate)}"));
        }

        if (state.Rollout?.Status?.Columns?.WaitingFor is { Length: > 0 } waiting)
        {
            rows.Add(new Markup($"[grey]waits for {Markup.Escape(waiting)}[/]"));
        }

        var traffic = new Table().RoundedBorder().AddColumns("version", "answers/s", "errors now", "answers", "errors");
        foreach (var (version, total) in state.Totals)
        {
            var rate = state.Rates.GetValueOrDefault(version);
            var errors = Words.Share(rate.ErrorShare);
            traffic.AddRow(
                Markup.Escape(version),
                Words.Rate(rate),
                rate.ErrorShare > 0 ? $"[red]{errors}[/]" : errors,
                total.Requests.ToString(CultureInfo.InvariantCulture),
                total.Errors.ToString(CultureInfo.InvariantCulture));
        }

        rows.Add(traffic);
        rows.AddRange((state.Rollout?.Status is { FinishedAt: null, Verdicts: { } verdicts } ? verdicts : []).Select(verdict => new Markup(Markup.Escape(Words.Verdict(verdict)))));
        rows.AddRange(_sentences.Select(sentence => new Markup($"[grey]{Markup.Escape(sentence)}[/]")));
        return new Rows(rows);
    }
}
