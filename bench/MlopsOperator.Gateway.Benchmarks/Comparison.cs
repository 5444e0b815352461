using System.Globalization;

namespace MlopsOperator.Gateway.Benchmarks;

/// <summary>Gateway against plain YARP, in turns within one run: only ratios of one run mean anything on a shared machine.</summary>
internal static class Comparison
{
    private const int Connections = 16;

    /// <summary>Runs the rounds and prints medians and ratios.</summary>
    public static async Task<int> RunAsync(int rounds, TimeSpan duration)
    {
        using var backend = await ChildServer.StartAsync("backend");
        var port = backend.Port.ToString(CultureInfo.InvariantCulture);
        using var yarp = await ChildServer.StartAsync("yarp", port);
        using var gateway = await ChildServer.StartAsync("gateway", port);
        var proxies = new[] { ("YARP", yarp), ("gateway", gateway) };
        foreach (var (_, proxy) in proxies)
        {
            await Load.RunAsync(proxy.Port, Connections, TimeSpan.FromSeconds(2), TimeSpan.Zero);
        }

        var results = new Dictionary<string, List<Result>>(StringComparer.Ordinal) { ["YARP"] = [], ["gateway"] = [] };
        for (var round = 0; round < rounds; round++)
        {
            // Every other round begins with the other one, so that neither always comes after the other's garbage.
            foreach (var (name, proxy) in round % 2 == 0 ? proxies : [.. proxies.Reverse()])
            {
                results[name].Add(await MeasureAsync(proxy, duration));
            }
        }

        var (plain, ours) = (Result.Median(results["YARP"]), Result.Median(results["gateway"]));
        Print("YARP", plain, yarp);
        Print("gateway", ours, gateway);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio     CPU {ours.ProcessorMicroseconds / plain.ProcessorMicroseconds:0.00}, requests {ours.Rate / plain.Rate:0.00}, p50 {ours.P50 / plain.P50:0.00}, p50 at about 800/s {ours.PacedP50 / plain.PacedP50:0.00} ({ours.PacedP50 - plain.PacedP50:+0;-0} us)"));
        return 0;
    }

    private static async Task<Result> MeasureAsync(ChildServer proxy, TimeSpan duration)
    {
        var before = proxy.ProcessorTime;
        var closed = await Load.RunAsync(proxy.Port, Connections, duration, TimeSpan.Zero);
        var used = proxy.ProcessorTime - before;
        var paced = await Load.RunAsync(proxy.Port, 8, duration, TimeSpan.FromMilliseconds(9));
        return new Result(closed.Length / duration.TotalSeconds, used.TotalMicroseconds / closed.Length, closed[closed.Length / 2], closed[closed.Length * 99 / 100], paced[paced.Length / 2]);
    }

    private static void Print(string name, Result result, ChildServer proxy) => Console.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-9} {result.Rate:0} requests/s, CPU {result.ProcessorMicroseconds:0.0} us a request, p50 {result.P50:0} us, p99 {result.P99:0} us, p50 at about 800/s {result.PacedP50:0} us, peak {proxy.PeakMebibytes:0} MiB"));

    private sealed record Result(double Rate, double ProcessorMicroseconds, double P50, double P99, double PacedP50)
    {
        public static Result Median(IReadOnlyList<Result> results)
        {
            double Middle(Func<Result, double> value) => results.Select(value).Order().ElementAt(results.Count / 2);
            return new Result(Middle(result => result.Rate), Middle(result => result.ProcessorMicroseconds), Middle(result => result.P50), Middle(result => result.P99), Middle(result => result.PacedP50));
        }
    }
}
