using System.CommandLine;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Views;
using MlopsOperator.Cli.Waiting;

namespace MlopsOperator.Cli.Commands;

/// <summary>Shows a release, once or until it is where it is waited for.</summary>
internal sealed class StatusCommand(CommonOptions common, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Argument<string> _name = new("NAME") { Description = "The ModelDeployment." };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Tell each change until it is settled: promoted, failed, or waiting for a person." };
    private readonly Option<Goal?> _goal = new("--for") { Description = "Wait until it is promoted, waiting (for a person) or settled; tells each change.", HelpName = "promoted|waiting|settled" };
    private readonly Option<TimeSpan?> _timeout = new("--timeout") { Description = "How long to wait at most; for ever by default.", HelpName = "DURATION", CustomParser = result => Durations.Parse(result) };

    public Command Create()
    {
        var command = new Command("status", "What serves, what is being rolled out, and what it waits for.") { _name, _watch, _goal, _timeout };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var cluster = await ClusterAccess.OpenAsync(common.Cluster(parsed), time);
        var name = parsed.GetRequiredValue(_name);
        var release = await cluster.ReadAsync(name, cancellationToken);
        if (!parsed.GetValue(_watch) && parsed.GetValue(_goal) is null)
        {
            await ShowAsync(parsed, release);
            return ExitCodes.Done;
        }

        var (code, last) = await WaitAsync(cluster, release, parsed.GetValue(_goal) ?? Goal.Settled, parsed.GetValue(_timeout), cancellationToken);
        await ShowAsync(parsed, last);
        return code;
    }

    private async Task<(int Code, Release Last)> WaitAsync(ClusterAccess cluster, Release release, Goal goal, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var told = "";
        for (var started = time.GetTimestamp(); ; release = await cluster.ReadAsync(release.Name, cancellationToken))
        {
            var line = StatusView.Short(release);
            if (!string.Equals(line, told, StringComparison.Ordinal))
            {
                await screen.TellAsync(told = line);
            }

            if (ReleaseStates.End(ReleaseStates.Of(release), goal) is { } code)
            {
                return (code, release);
            }

            if (timeout is { } most && time.GetElapsedTime(started) >= most)
            {
                await screen.TellAsync($"Not {goal.ToString().ToLowerInvariant()} within {most}.");
                return (ExitCodes.TimedOut, release);
            }

            await Task.Delay(Between, time, cancellationToken);
        }
    }

    private async Task ShowAsync(ParseResult parsed, Release release)
    {
        if (common.IsJson(parsed))
        {
            await screen.ShowAsync(ReleaseJson.Of(release));
        }
        else
        {
            await screen.ShowAsync(StatusView.Of(release));
        }
    }
}
