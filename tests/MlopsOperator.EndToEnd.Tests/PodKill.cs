using System.Diagnostics;
using System.Globalization;
using MlopsOperator.Demo.Processes;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>A SIGKILL to the process of a pod.</summary>
/// <param name="Program">The program.</param>
/// <param name="Address">The pod's address.</param>
/// <param name="Version">Model version that it served; empty for what is no model server.</param>
/// <param name="Sent">When the signal was sent.</param>
/// <param name="Gone">When the process had ended, with all its connections.</param>
internal sealed record PodKill(string Program, string Address, string Version, DateTimeOffset Sent, DateTimeOffset Gone)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    // What is sent on a connection whose other end has just died is in flight on it: who sends has yet to hear of the end, and a busy machine tells late.
    private static readonly TimeSpan Hearing = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Kills, and waits until the pod is ready again with the same name and one restart more.</summary>
    public static async Task<PodKill> KillAsync(ClusterApi api, string @namespace, SeenPod pod, string version, CancellationToken cancellationToken)
    {
        var found = PodProcess.All().Single(process => string.Equals(process.Address, pod.Address, StringComparison.Ordinal));
        using var process = Process.GetProcessById(found.Id);
        var sent = TimeProvider.System.GetUtcNow();
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        var kill = new PodKill(found.Program, found.Address, version, sent, TimeProvider.System.GetUtcNow());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(BetweenLooks, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if ((await api.PodsOfAsync(@namespace, limit.Token)).Any(now => string.Equals(now.Name, pod.Name, StringComparison.Ordinal) && now.IsReady && now.Restarts == pod.Restarts + 1))
            {
                break;
            }
        }

        return kill;
    }

    /// <summary>
    /// Whether a request failed as it was in flight on the process: it was under way at some moment between the signal and when the end was heard of, and it
    /// was sent to this gateway and got no answer, or its answer was this version's and broke off. What nobody was connected for is no reason, before or after.
    /// </summary>
    public bool Explains(FailedRequest failure)
    {
        if (failure.Started > Gone + Hearing || failure.Ended < Sent)
        {
            return false;
        }

        return Program switch
        {
            "Gateway" => failure.Status is TrafficLog.NoAnswer && string.Equals(failure.Gateway.Host, Address, StringComparison.Ordinal),
            "ModelServer" => failure.Status is 502 && string.Equals(failure.Version, Version, StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>For the test's output.</summary>
    public string Told(int lost) => string.Create(CultureInfo.InvariantCulture, $"{Program} {Address} {Version}: killed at {Sent:HH:mm:ss.fff}, gone {(Gone - Sent).TotalMilliseconds:0} ms after the signal, {lost} requests lost");
}
