using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Has copies sent and compared, off the way of any request.</summary>
internal sealed class MirrorQueue(MirrorSender sender, PairJudge judge, RouteBoard board, DrainState drain, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<MirrorQueue> logger)
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
            // What the route allowed when the copy was made may be over, and its endpoints may be others.
            var route = board.Table.Routes.GetValueOrDefault(copy.Route.Plan.Key);
            if (WhyNot(copy, route) is { } reason)
            {
                copy.Cells.Dropped(reason);
                return;
            }

            var answer = await sender.SendAsync(copy, route!.Candidate!.Endpoints, lifetime.ApplicationStopping);
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

    private DropReason? WhyNot(MirrorCopy copy, Route? route) =>
        drain.IsDraining ? DropReason.Draining
        : route is not { Plan.Mirror: not null, Candidate: { } candidate } || !ReferenceEquals(candidate.Cells.Mirror, copy.Cells) ? DropReason.Withdrawn
        : route.Lapsed ? DropReason.Lapsed
        : !candidate.HasEndpoint ? DropReason.NoEndpoint
        : time.GetElapsedTime(copy.QueuedAt) > Limits.CopyWait ? DropReason.Late
        : null;
}
