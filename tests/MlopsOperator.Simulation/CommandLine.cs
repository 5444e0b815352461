using System.CommandLine;
using MlopsOperator.Simulation.Crashes;
using MlopsOperator.Simulation.Scenarios;
using MlopsOperator.Simulation.Weather;

namespace MlopsOperator.Simulation;

/// <summary>The program's commands.</summary>
internal static class CommandLine
{
    private static readonly Option<string[]> Scenarios = new("--scenario") { Description = "Only these scenarios; may be given more than once." };
    private static readonly Option<int> Workers = new("--workers") { Description = "Worlds at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Runs the operator and a cluster on one thread, disturbs them, and looks whether they end as they should.") { Crash(), Weather() };

        // Weather is what is run most: its options alone are enough.
        string[] command = args is ["--seeds" or "--first" or "--replay", ..] ? ["weather", .. args] : args;
        return root.Parse(command).InvokeAsync();
    }

    private static Command Crash()
    {
        var exhaustive = new Option<bool>("--crash-exhaustive") { Description = "Every write, not a sample of those that are alike." };
        var write = new Option<int?>("--write") { Description = "Only this write." };
        var mode = new Option<CrashMode?>("--mode") { Description = "Only this disturbance." };
        var command = new Command("crash", "Runs each scenario once for each write of the operator and each way to disturb it.") { Scenarios, Workers, exhaustive, write, mode };
        command.SetAction(async (parsed, _) =>
        {
            var failed = 0;
            foreach (var scenario in Chosen(parsed))
            {
                var began = TimeProvider.System.GetTimestamp();
                var wanted = await CrashRun.UndisturbedAsync(scenario);
                var all = CrashSweep.Exhaustive(wanted);
                var chosen = parsed.GetValue(write) is { } number ? [.. all.Where(run => run.Write.Number == number)]
                    : parsed.GetValue(exhaustive) ? all : CrashSweep.Thinned(wanted, withShared: scenario == AllScenarios.List[0]);
                if (parsed.GetValue(mode) is { } only)
                {
                    chosen = [.. chosen.Where(run => run.Mode == only)];
                }

                var failures = await CrashSweep.RunAsync(wanted, chosen, parsed.GetValue(Workers));
                failed += failures.Count;
                foreach (var failure in failures)
                {
                    Console.WriteLine(failure);
                    Console.WriteLine();
                }

                Console.WriteLine(FormattableString.Invariant(
                    $"{scenario.Name}: {wanted.Writes.Count} writes in {wanted.Took.TotalSeconds:0} s of the world's time; {chosen.Count} runs disturbed, {all.Count - chosen.Count} like them left out, {failures.Count} failed, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s"));
            }

            return failed == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Weather()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds.", DefaultValueFactory = _ => 200 };
        var first = new Option<int>("--first") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
        var replay = new Option<int?>("--replay") { Description = "Only this seed, with the end of its trace." };
        var hashes = new Option<bool>("--hashes") { Description = "Print each seed's hash of its trace, to compare two builds." };
        var command = new Command("weather", "Runs seeds of faults and users at random; afterwards all must be as the specs want.") { Workers, seeds, first, replay, hashes };
        command.SetAction(async (parsed, _) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var wanted = parsed.GetValue(replay) is { } one ? [one] : Enumerable.Range(parsed.GetValue(first), parsed.GetValue(seeds));
            var results = await WeatherSweep.RunAsync(wanted, parsed.GetValue(Workers));
            var failed = results.Where(result => result.Problem is not null).ToList();
            foreach (var result in parsed.GetValue(replay) is null ? failed : results)
            {
                Console.WriteLine(result);
                Console.WriteLine();
            }

            if (parsed.GetValue(hashes))
            {
                foreach (var result in results)
                {
                    Console.WriteLine(FormattableString.Invariant($"seed {result.Seed} {result.Hash}"));
                }
            }

            Console.WriteLine(string.Join(", ", Occurrences.Sum(results.Select(result => result.Happened)).Select(kind => FormattableString.Invariant($"{kind.Key} {kind.Value}"))));
            Console.WriteLine(FormattableString.Invariant(
                $"{results.Count} seeds, {results.Sum(result => result.Took.TotalHours):0.0} hours of the worlds' time, {failed.Count} failed, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s"));
            return failed.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static IReadOnlyList<Scenario> Chosen(ParseResult parsed) =>
        parsed.GetValue(Scenarios) is { Length: > 0 } names ? [.. names.Select(AllScenarios.Named)] : AllScenarios.List;
}
