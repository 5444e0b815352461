using System.Globalization;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Views;

/// <summary>Why the release is where it is: what is waited for, what evidence says, what people asked for, what would end it. Pure.</summary>
internal static class WhyView
{
    private const int ShownRequests = 5;

    public static IEnumerable<Line> Of(Release release)
    {
        foreach (var condition in release.Deployment.Status?.Conditions?.Where(condition => condition.Type is "Stalled" or "HostConflict" && condition.Status is "True") ?? [])
        {
            yield return new Line($"{condition.Type}: {condition.Reason}: {condition.Message}", Tone.Bad);
        }

        if (release.Newest is not { } rollout)
        {
            yield return new Line($"{release.Namespace}/{release.Name} has had no rollout yet.");
            yield break;
        }

        foreach (var line in Rollout(rollout).Concat(Verdicts(rollout)).Concat(Requests(rollout)))
        {
            yield return line;
        }

        foreach (var command in NextCommands.Of(release).Where(command => !string.Equals(command, release.Command("why"), StringComparison.Ordinal)))
        {
            yield return new Line($"Next: {command}");
        }
    }

    private static IEnumerable<Line> Rollout(ModelRollout rollout)
    {
        var record = rollout.Status ?? new ModelRolloutStatus();
        var over = record.FinishedAt is null ? "" : $" ({record.Reason}) since {Times.Of(record.FinishedAt)}";
        yield return new Line($"{rollout.Metadata.Name}, {rollout.Spec.From?.ModelVersion ?? "nothing"} to {rollout.Spec.To.ModelVersion}, is {record.Phase}{over}.");
        if (record.FinishedAt is null)
        {
            yield return new Line($"Step {record.Columns?.Step ?? "-"} ({record.Step.Name}) since {Times.Of(record.Step.StartedAt)}, weight {record.Columns?.Weight ?? "0%"}.");
        }

        foreach (var hold in record.Holds ?? [])
        {
            yield return new Line($"Held by {hold.Name} since {Times.Of(hold.Since)}. It waits for {hold.Reason}.", Tone.Waiting);
        }

        if (record.Holds is not { Count: > 0 } && record.Step.WaitingFor is { Length: > 0 } waiting)
        {
            yield return new Line($"It waits for {waiting}.");
        }
        else if (record.FinishedAt is not null && record.Message.Length > 0)
        {
            yield return new Line(record.Message);
        }
    }

    private static IEnumerable<Line> Verdicts(ModelRollout rollout)
    {
        if (rollout.Status?.Verdicts is not { Count: > 0 } verdicts)
        {
            return [];
        }

        var rows = verdicts.Select(verdict => (IReadOnlyList<string>)
        [
            verdict.Metric, verdict.State.ToString(), verdict.Reason.Length > 0 ? verdict.Reason : "-", Share(verdict.Candidate), Share(verdict.Stable), Share(verdict.Threshold), verdict.Samples.ToString("0", CultureInfo.InvariantCulture), verdict.Needs ?? "-",
        ]).ToList();
        return Columns.Of(["METRIC", "VERDICT", "REASON", "CANDIDATE", "STABLE", "ALLOWED", "REQUESTS", "NEEDS"], rows).Prepend("").Append("").Select(text => new Line(text));
    }

    private static IEnumerable<Line> Requests(ModelRollout rollout) => (rollout.Status?.Requests ?? []).TakeLast(ShownRequests).Select(request => new Line(
        $"{Times.Of(request.Time)} {request.Action} by {Plain(request.By) ?? "somebody who gave no name"} ({request.Identity.ToString().ToLowerInvariant()}) {request.Phase.ToString().ToLowerInvariant()}: {request.Message}",
        request.Phase is RequestPhase.Refused ? Tone.Waiting : Tone.Plain));

    /// <summary>Whoever creates a request may write anything into it; a terminal must not obey it.</summary>
    private static string? Plain(string? text) => text is null ? null : new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);

    private static string Share(double? value) => value is { } share ? (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + "%" : "-";
}
