using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Views;

/// <summary>What happened in the last rollouts, oldest first. Pure.</summary>
internal static class HistoryView
{
    public static IEnumerable<Line> Of(Release release, int most)
    {
        foreach (var line in StatusView.Table(release, most))
        {
            yield return new Line(line);
        }

        foreach (var rollout in release.Rollouts.Take(most).Reverse())
        {
            yield return new Line("");
            yield return new Line(rollout.Metadata.Name);
            foreach (var entry in rollout.Status?.History ?? [])
            {
                yield return new Line($"  {Times.Of(entry.Time)}  {entry.Actor,-6}  {entry.Event}: {entry.Detail}");
            }
        }
    }
}
