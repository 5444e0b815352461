using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Waiting;

namespace MlopsOperator.Cli.Views;

/// <summary>What serves, what is being rolled out, what it waits for, and what to type next. Pure.</summary>
internal static class StatusView
{
    private const int ShownRollouts = 3;

    public static IEnumerable<Line> Of(Release release)
    {
        var status = release.Deployment.Status;
        yield return new Line($"{release.Namespace}/{release.Name}: {Words(release)}", ToneOf(ReleaseStates.Of(release)));
        yield return new Line($"  serves      {(status?.Stable is { } stable ? $"{stable.ModelVersion}, {status.Columns?.Ready ?? "?"} pods ready" : "nothing yet")}");
        foreach (var line in release.Running is { } running ? Rollout(running) : Standing(release))
        {
            yield return line;
        }

        foreach (var command in NextCommands.Of(release))
        {
            yield return new Line($"  next        {command}");
        }

        foreach (var line in release.Rollouts.Count == 0 ? [] : Table(release, ShownRollouts).Prepend(""))
        {
            yield return new Line(line);
        }
    }

    /// <summary>The same in one line, which changes only when something does.</summary>
    public static string Short(Release release) => release.Running is { Status: { } record } running
        ? $"{release.Name}: {running.Metadata.Name} {record.Phase}, step {record.Columns?.Step ?? "-"} ({record.Step.Name}), weight {record.Columns?.Weight ?? "-"}"
            + (record.Columns?.WaitingFor is { Length: > 0 } waiting ? $"; waits for {waiting}" : "")
        : $"{release.Name}: {Words(release)}";

    /// <summary>The last rollouts.</summary>
    public static IEnumerable<string> Table(Release release, int most) => Columns.Of(
        ["ROLLOUT", "FROM", "TO", "PHASE", "OUTCOME", "STEP", "WEIGHT"],
        [
            .. release.Rollouts.Take(most).Select(rollout => (IReadOnlyList<string>)
            [
                rollout.Metadata.Name,
                rollout.Spec.From?.ModelVersion ?? "-",
                rollout.Spec.To.ModelVersion,
                (rollout.Status?.Phase ?? RolloutPhase.Pending).ToString(),
                rollout.Status?.FinishedAt is null ? "-" : rollout.Status.Reason,
                rollout.Status?.Columns?.Step ?? "-",
                rollout.Status?.Columns?.Weight ?? "-",
            ]),
        ]);

    private static string Words(Release release)
    {
        var status = release.Deployment.Status;
        return status is null ? "the operator has not looked at it yet" : status.Columns?.Reason is { Length: > 0 } reason && !string.Equals(reason, status.Phase.ToString(), StringComparison.Ordinal)
            ? $"{status.Phase} ({reason})"
            : status.Phase.ToString();
    }

    private static IEnumerable<Line> Rollout(ModelRollout rollout)
    {
        var record = rollout.Status;
        yield return new Line($"  candidate   {rollout.Spec.To.ModelVersion} at {record?.Columns?.Weight ?? "0%"}, {rollout.Metadata.Name} {record?.Phase ?? RolloutPhase.Pending}, step {record?.Columns?.Step ?? "-"} ({record?.Step.Name})");
        if (record?.Holds is { Count: > 0 } holds)
        {
            foreach (var hold in holds)
            {
                yield return new Line($"  held by     {hold.Name} since {Times.Of(hold.Since)}: waits for {hold.Reason}", Tone.Waiting);
            }
        }
        else if (record?.Step.WaitingFor is { Length: > 0 } waiting)
        {
            yield return new Line($"  waits for   {waiting}");
        }
    }

    private static IEnumerable<Line> Standing(Release release)
    {
        var stalled = release.Deployment.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Stalled", Status: "True" });
        if (stalled is not null)
        {
            yield return new Line($"  problem     {stalled.Reason}: {stalled.Message}", Tone.Bad);
        }

        if (release.Newest?.Status?.Paused is { } paused)
        {
            yield return new Line($"  paused      since {Times.Of(paused.Since)} by request {paused.Request}: the next rollout is held", Tone.Waiting);
        }
    }

    private static Tone ToneOf(ReleaseState state) => state switch
    {
        ReleaseState.Promoted => Tone.Good,
        ReleaseState.Failed => Tone.Bad,
        ReleaseState.WaitsForPerson => Tone.Waiting,
        _ => Tone.Plain,
    };
}
