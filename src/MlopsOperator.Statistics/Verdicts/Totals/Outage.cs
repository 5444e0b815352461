namespace MlopsOperator.Statistics.Verdicts.Totals;

/// <summary>
/// Evidence for "more than half of the requests fail", request by request: an e-detector (Shin, Ramdas and Rinaldo, NEJSDS 2, 2024; Lorden 1971).
/// Twelve failures in a row alarm, eleven do not.
/// </summary>
internal static class Outage
{
    /// <summary>Rate of errors over which a revision is out.</summary>
    public const double Rate = 0.5;

    /// <summary>Alarm at this wealth: at least as many looks between false alarms at the rate itself, where requests fail independently.</summary>
    public const double Alarm = 1000;

    /// <summary>Fractions that are bet.</summary>
    public static IReadOnlyList<double> Fractions { get; } = [0.5, 0.8, 0.98];

    /// <summary>Before any evidence.</summary>
    public static IReadOnlyList<double> Start { get; } = new double[Fractions.Count];

    /// <summary>Logarithm of the wealth of requests looked at once.</summary>
    /// <param name="requests">Requests.</param>
    /// <param name="errors">Errors among them.</param>
    /// <param name="rate">Rate that is bet against.</param>
    public static double LogWealth(double requests, double errors, double rate = Rate) => LogValue(After(Start, requests, errors, rate));

    /// <summary>The fractions' log wealths after a block; each starts again from 1 where it had fallen below, and only between blocks.</summary>
    /// <param name="logs">Log wealths before the block.</param>
    /// <param name="requests">Requests of the block.</param>
    /// <param name="errors">Errors of the block.</param>
    /// <param name="rate">Rate that is bet against.</param>
    public static IReadOnlyList<double> After(IReadOnlyList<double> logs, double requests, double errors, double rate = Rate)
    {
        var next = new double[Fractions.Count];
        for (var index = 0; index < next.Length; index++)
        {
            var fraction = Fractions[index];
            next[index] = Math.Max(logs[index], 0) + (errors * LogSpace.LogOnePlus(fraction * (1 - rate) / rate)) + ((requests - errors) * LogSpace.LogOnePlus(-fraction));
        }

        return next;
    }

    /// <summary>Logarithm of the mean of the fractions' wealths.</summary>
    /// <param name="logs">The fractions' log wealths.</param>
    public static double LogValue(IReadOnlyList<double> logs) => LogSpace.Mean([.. logs]);

    internal static bool IsAlarm(IReadOnlyList<double> logs) => LogValue(logs) >= Math.Log(Alarm);
}
