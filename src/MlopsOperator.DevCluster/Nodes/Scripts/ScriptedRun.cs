using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes.Scripts;

/// <summary>A container in which no code runs: a rule says what it does when. Rules that change while it runs hold at once.</summary>
internal sealed class ScriptedRun(bool isInit, DateTimeOffset started, TimeProvider time) : IContainerRun
{
    private DateTimeOffset? terminated;
    private bool killed;

    public ContainerExit? Exit { get; private set; }

    public bool? IsReady { get; private set; } = false;

    public DateTimeOffset? NextChange { get; private set; }

    public void Refresh(PodRule rule, DateTimeOffset now)
    {
        if (Exit is not null)
        {
            return;
        }

        var end = End(rule);
        if (killed)
        {
            Exit = ContainerExit.Of(137, null, now);
        }
        else if (end is { } exit && exit.At <= now)
        {
            Exit = exit;
        }

        var ready = started + rule.ReadyDelay;
        IsReady = Exit is null && !rule.IsNeverReady && ready <= now;
        NextChange = Exit is not null ? null : Earliest(end?.At, rule.IsNeverReady || ready <= now ? null : ready);
    }

    public void Terminate() => terminated ??= time.GetUtcNow();

    public void Kill() => killed = true;

    public Task<(int ExitCode, string Output)> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Task.FromResult((0, ""));

    private ContainerExit? End(PodRule rule)
    {
        if (isInit)
        {
            return ContainerExit.Of(rule.InitExitCode ?? 0, rule.InitMessage, started + rule.InitDelay);
        }

        var own = rule.ExitDelay is { } delay ? ContainerExit.Of(rule.ExitCode, rule.ExitMessage, started + delay) : null;
        var asked = terminated is { } since && rule.StopDelay is { } stop ? ContainerExit.Of(0, null, since + stop) : null;
        return own is null || (asked is not null && asked.At <= own.At) ? asked : own;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one <= other ? one : other;
}
