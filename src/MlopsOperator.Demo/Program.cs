using System.CommandLine;
using System.Runtime.InteropServices;
using MlopsOperator.Demo;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Soak;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.Demo.Views;
using Spectre.Console;

var summary = new Option<FileInfo?>("--summary") { Description = "Write what was observed to this file, as JSON.", HelpName = "FILE" };
var keep = new Option<bool>("--keep") { Description = "Leave everything running at the end, and print a kubeconfig and what to try." };
var rate = new Option<double>("--rate") { Description = "Requests a second.", DefaultValueFactory = _ => 300 };
var sendTo = new Option<string?>("--send-to") { Description = "Start no cluster: only send the traffic to a gateway that runs already, until interrupted.", HelpName = "URI" };
var data = new Option<FileInfo?>("--data") { Description = "With --send-to: the data set, where this is not run from a checkout.", HelpName = "FILE" };
var soak = new Option<TimeSpan?>("--soak")
{
    Description = "One rollout after the other for this long, such as 15m, with an eye on what every process has; ends with non-zero where something grows.",
    HelpName = "DURATION",
    CustomParser = SoakOptions.ParseLength,
};
var scenario = new Option<string>("--scenario") { Description = "What it shows.", DefaultValueFactory = _ => AllScenarios.List[0].Name };
scenario.AcceptOnlyFromAmong([.. AllScenarios.List.Select(one => one.Name)]);
var samples = new Option<FileInfo?>("--samples") { Description = "With --soak: write every sample to this file, as CSV.", HelpName = "FILE" };
var command = new RootCommand("Shows rollouts from start to end: one manifest promotes a good model and takes a bad one back.") { scenario, summary, keep, rate, sendTo, data, soak, samples };
command.SetAction(async (parsed, _) =>
{
    // Ctrl-C and SIGTERM end the demo in order: every process that it started is ended, every file removed.
    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    if (parsed.GetValue(sendTo) is { } gateway)
    {
        var rows = parsed.GetValue(data) ?? new FileInfo(DemoPlaces.Find().Data);
        await new TrafficSender(rows, new Uri(gateway), parsed.GetValue(rate), TimeProvider.System).RunAsync(Console.Out, DemoNames.BadVersion, stop.Token);
        return DemoRunner.Good;
    }

    var plain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    await using IDemoView view = plain ? new PlainView(Console.Out) : new LiveView(AnsiConsole.Console);
    try
    {
        if (parsed.GetValue(soak) is { } length)
        {
            return await new SoakRunner(new SoakOptions(length, parsed.GetValue(rate), parsed.GetValue(samples)), view, TimeProvider.System).RunAsync(stop.Token);
        }

        return await new DemoRunner(new DemoOptions(parsed.GetValue(summary), parsed.GetValue(keep), parsed.GetValue(rate), AllScenarios.Named(parsed.GetValue(scenario)!)), view, TimeProvider.System).RunAsync(stop.Token);
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        await Console.Error.WriteLineAsync("Stopped; every process that the demo started has ended.");
        return 130;
    }
    catch (Exception error) when (DemoFailure.Sentence(error) is not null)
    {
        await Console.Error.WriteLineAsync(DemoFailure.Sentence(error));
        return DemoRunner.Bad;
    }

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
#pragma warning disable MA0045 // A signal handler cannot await.
        stop.Cancel();
#pragma warning restore MA0045
    }
});
// No time limit of the parser's own: it would end the program in the middle of taking down the cluster.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
