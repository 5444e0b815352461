using System.Globalization;
using MlopsOperator.DevCluster.Faults;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster;

/// <summary>A fault in the making: which of the requests it is for, and then, as the last word, what happens to them.</summary>
public sealed class FaultScript
{
    private readonly ClientGate gate;
    private readonly FaultTarget target;
    private int skip;
    private int times = 1;

    internal FaultScript(ClientGate gate, FaultTarget target)
    {
        this.gate = gate;
        this.target = target;
    }

    /// <summary>Lets the first requests pass. Default 0.</summary>
    public FaultScript Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        skip = count;
        return this;
    }

    /// <summary>How many requests it hits. Default 1.</summary>
    public FaultScript Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        times = count;
        return this;
    }

    /// <summary>It hits every request until it is lifted.</summary>
    public FaultScript Always() => Times(int.MaxValue);

    /// <summary>409: the object has been modified. Nothing is done.</summary>
    public ScriptedFault Conflict() => Answer("Conflict()", request => request.Target is { } wanted
        ? Statuses.Modified(wanted.Kind, request.Name ?? "").Status
        : new ApiStatus(409, "Conflict", "conflict, as scripted"));

    /// <summary>410: the revision that was asked for is too old. Nothing is done.</summary>
    public ScriptedFault Gone() => Answer("Gone()", _ => new ApiStatus(410, "Expired", "The resourceVersion for the provided list or watch is too old."));

    /// <summary>429 with Retry-After. Nothing is done.</summary>
    /// <param name="retryAfter">Rounded up to whole seconds.</param>
    public ScriptedFault TooMany(TimeSpan retryAfter) => Answer($"TooMany({retryAfter})", _ =>
        new ApiStatus(429, "TooManyRequests", "Too many requests, please try again later.") { RetryAfterSeconds = (int)Math.Ceiling(retryAfter.TotalSeconds) });

    /// <summary>Any status. Nothing is done.</summary>
    /// <param name="status">HTTP status from 400 to 599.</param>
    public ScriptedFault Fail(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        var reason = status switch
        {
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "NotFound",
            409 => "Conflict",
            422 => "Invalid",
            500 => "InternalError",
            503 => "ServiceUnavailable",
            504 => "Timeout",
            _ => null,
        };
        var code = status.ToString(CultureInfo.InvariantCulture);
        return Answer($"Fail({code})", request => new ApiStatus(status, reason, $"{request}: {code}, as scripted"));
    }

    /// <summary>The request reaches the server later.</summary>
    /// <param name="time">By the cluster's clock.</param>
    public ScriptedFault Delay(TimeSpan time) => Set(new FaultEffect($"Delay({time})") { Delay = time });

    /// <summary>The request is done, and the connection breaks before its answer arrives.</summary>
    public ScriptedFault LoseAnswer() => Set(new FaultEffect("LoseAnswer()") { LosesAnswer = true });

    /// <summary>The connection breaks before the request reaches the server: nothing is done.</summary>
    public ScriptedFault Drop() => Set(new FaultEffect("Drop()") { Drops = true });

    /// <summary>The server ends a watch after so many events (bookmarks do not count).</summary>
    public ScriptedFault CloseAfter(int events)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        return Watch(FormattableString.Invariant($"CloseAfter({events})"), new WatchFault { CloseAfter = events });
    }

    /// <summary>A watch shows changes later than they happen. Objects that a watch begins with come at once.</summary>
    /// <param name="time">By the cluster's clock.</param>
    public ScriptedFault Lag(TimeSpan time) => Watch($"Lag({time})", new WatchFault { Lag = time });

    /// <summary>A watch gets no bookmarks, but for the one that ends the initial events.</summary>
    public ScriptedFault NoBookmarks() => Watch("NoBookmarks()", new WatchFault { WithoutBookmarks = true });

    /// <summary>A watch stays open and nothing arrives any more, not even its end: as behind a proxy that lost the other side.</summary>
    /// <param name="afterEvents">After so many events; default 0: from the beginning.</param>
    public ScriptedFault Silent(int afterEvents = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterEvents);
        return Watch(FormattableString.Invariant($"Silent({afterEvents})"), new WatchFault { SilentAfter = afterEvents });
    }

    private ScriptedFault Answer(string text, Func<RequestFacts, ApiStatus> status) => Set(new FaultEffect(text) { Answer = status });

    private ScriptedFault Watch(string text, WatchFault fault)
    {
        if (target.Verb is not (null or RequestFacts.Watch))
        {
            throw new InvalidOperationException($"{text} is a fault of watches, and {target} is for the verb \"{target.Verb}\": use the verb \"watch\", or none");
        }

        return Set(new FaultEffect(text) { Watch = fault }, target with { Verb = RequestFacts.Watch });
    }

    private ScriptedFault Set(FaultEffect effect, FaultTarget? of = null)
    {
        var fault = new ScriptedFault(of ?? target, skip, times, effect);
        gate.Add(fault);
        return fault;
    }
}
