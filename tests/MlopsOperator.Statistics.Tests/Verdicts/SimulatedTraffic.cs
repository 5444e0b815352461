using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Tests.Verdicts;

/// <summary>Seeded blocks of open-loop traffic: Poisson arrivals, split by weight, errors independent of each other or in clumps.</summary>
internal sealed class SimulatedTraffic(int seed, double requestsPerBlock)
{
    private readonly Random _random = new(seed);

    public EvidenceBlock Block(double weight, double candidateRate, double stableRate, int clump = 1) => new()
    {
        Candidate = Arm(Poisson(requestsPerBlock * weight), candidateRate, clump),
        Stable = Arm(Poisson(requestsPerBlock * (1 - weight)), stableRate, clump),
    };

    /// <summary>Durations are log-normal around a median, in seconds.</summary>
    public ArmBlock Timed(double requests, double median)
    {
        var durations = new double[LatencyHistogram.BucketCount];
        var count = Poisson(requests);
        for (var request = 0; request < count; request++)
        {
            durations[LatencyHistogram.Index(median * Math.Exp(0.5 * Normal()))]++;
        }

        return new() { Requests = count, Durations = durations };
    }

    private ArmBlock Arm(int requests, double rate, int clump)
    {
        var errors = 0;
        for (var request = 0; request < requests; request++)
        {
            errors += _random.NextDouble() < rate / clump ? clump : 0;
        }

        return new() { Requests = requests, Errors = Math.Min(errors, requests) };
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private int Poisson(double mean)
    {
        if (mean > 200)
        {
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var (count, product, limit) = (0, _random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++)
        {
            product *= _random.NextDouble();
        }

        return count;
    }
}
