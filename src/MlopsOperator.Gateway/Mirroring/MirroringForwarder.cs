using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MlopsOperator.Gateway.Assignment;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>
/// Forwards a request to stable and has a copy of it sent to the candidate. The copy leaves when stable's answer is complete: it takes nothing from its own
/// request, and what is compared is there when it is sent.
/// </summary>
internal sealed class MirroringForwarder(RevisionForwarder forwarder, MirrorQueue queue, AnswerHeaders answers, DrainState drain, TimeProvider time, ILogger<MirroringForwarder> logger)
{
    private readonly RevisionTransformer headers = new(answers, version: null);

    /// <summary>Whether a request is copied: then it has taken a place, and must be forwarded by <see cref="ForwardAsync"/>. What would be copied and cannot be is counted.</summary>
    /// <param name="route">The request's route.</param>
    /// <param name="owner">Who answers it.</param>
    /// <param name="unit">Its unit, if it has one.</param>
    /// <param name="bodyLength">Length of its body, where it says.</param>
    public bool IsDue(Route route, RouteRevision owner, string? unit, long? bodyLength)
    {
        if (route.Plan.Mirror is not { } mirror || route.Candidate is not { Cells.Mirror: { } cells } candidate || !ReferenceEquals(owner, route.Stable))
        {
            return false;
        }

        if ((unit is null ? Buckets.Random() : Buckets.OfMirror(route.Plan.Salt, unit)) >= mirror.Share)
        {
            return false;
        }

        DropReason? reason = drain.IsDraining ? DropReason.Draining
            : route.Lapsed ? DropReason.Lapsed
            : !candidate.HasEndpoint ? DropReason.NoEndpoint
            : bodyLength > Limits.CopiedRequestBytes ? DropReason.TooLarge
            : !cells.Budget.TryEnter() ? DropReason.QueueFull
            : null;
        if (reason is not null)
        {
            cells.Dropped(reason.Value);
        }

        return reason is null;
    }

    /// <summary>Forwards a request for which <see cref="IsDue"/>.</summary>
    public async Task<Outcome?> ForwardAsync(HttpContext context, Route route, RouteRevision stable)
    {
#pragma warning disable CA2000 // The queue disposes of what it takes, the last lines of what it does not.
        var copy = new MirrorCopy(route, route.Candidate!.Cells.Mirror!, time);
#pragma warning restore CA2000
        DropReason? reason = DropReason.Incomplete;
        try
        {
            copy.Attach(context);
            var outcome = await forwarder.ForwardAsync(context, route, stable);
            reason = copy.Problem(outcome) ?? await PrepareAsync(copy, context, outcome!.Value);
            return outcome;
        }
        finally
        {
            if (reason is null)
            {
                queue.Add(copy);
            }
            else
            {
                copy.Cells.Dropped(reason.Value);
                copy.Dispose();
            }
        }
    }

#pragma warning disable CA1031 // The client has its answer already; whatever goes wrong with the copy must not break it.
    private async ValueTask<DropReason?> PrepareAsync(MirrorCopy copy, HttpContext context, Outcome outcome)
    {
        try
        {
            await copy.PrepareAsync(context, outcome, headers);
            return null;
        }
        catch (Exception exception)
        {
            logger.CopyFailed(copy.Route.Plan.Key, exception);
            return DropReason.Failed;
        }
    }
#pragma warning restore CA1031
}
