using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.Gateway.Hosting;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Has copies sent and compared, off the way of any request.</summary>
internal sealed class MirrorQueue(MirrorSender sender, PairJudge judge, DrainState drain, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<MirrorQueue> logger)
{
    /// <summary>Takes a copy over. Never waits.</summary>
    public void Add(MirrorCopy copy)
    {
        var lane = copy.Cells.Lane;
        lane.Add(copy);
        if (lane.TryBegin())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Queue.WorkAsync(work.Lane), (Queue: this, Lane: lane), preferLocal: false);
        }
    }

    private async Task WorkAsync(CopyLane lane)
    {
        do
        {
#pragma warning disable CA2000 // HandleAsync disposes of it.
            while (lane.TryTake() is { } copy)
#pragma warning restore CA2000
            {
                await HandleAsync(copy);
            }

            lane.End();
        }
        while (!lane.IsEmpty && lane.TryBegin());
    }

#pragma warning disable CA1031 // An exception here would take a worker from its lane for ever; no client sees it.
    private async Task HandleAsync(MirrorCopy copy)
    {
        using var done = copy;
        try
        {
            if (WhyNot(copy) is { } reason)
            {
                copy.Cells.Dropped(reason);
                return;
            }

            var answer = await sender.SendAsync(copy, lifetime.ApplicationStopping);
            if (answer is null)
            {
                copy.Cells.Dropped(DropReason.Draining);
                return;
            }

            judge.Judge(copy, answer);
        }
        catch (Exception exception)
        {
            copy.Cells.Dropped(DropReason.Failed);
            logger.CopyFailed(copy.Route.Plan.Key, exception);
        }
    }
#pragma warning restore CA1031

    /// <summary>What a route allowed when the copy was made may be over.</summary>
    private DropReason? WhyNot(MirrorCopy copy) =>
        drain.IsDraining ? DropReason.Draining
        : copy.Route.Lapsed ? DropReason.Lapsed
        : time.GetElapsedTime(copy.QueuedAt) > Limits.CopyWait ? DropReason.Late
        : null;
}
