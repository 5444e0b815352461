using System.CommandLine;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Views;

namespace MlopsOperator.Cli.Commands;

/// <summary>A command that reads a release once and shows it.</summary>
internal static class ViewCommand
{
    private const int ShownInHistory = 3;

    public static Command Why(CommonOptions common, Screen screen, TimeProvider time) =>
        Create("why", "Why it is where it is: what is waited for, what evidence says, what people asked for.", common, screen, time, WhyView.Of);

    public static Command History(CommonOptions common, Screen screen, TimeProvider time) =>
        Create("history", "What happened in the last three rollouts.", common, screen, time, release => HistoryView.Of(release, ShownInHistory));

    private static Command Create(string verb, string description, CommonOptions common, Screen screen, TimeProvider time, Func<Release, IEnumerable<Line>> view)
    {
        var name = new Argument<string>("NAME") { Description = "The ModelDeployment." };
        var command = new Command(verb, description) { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = await ClusterAccess.OpenAsync(common.Cluster(parsed), time);
            var release = await cluster.ReadAsync(parsed.GetRequiredValue(name), cancellationToken);
            if (common.IsJson(parsed))
            {
                await screen.ShowAsync(ReleaseJson.Of(release, ShownInHistory));
            }
            else
            {
                await screen.ShowAsync(view(release));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
