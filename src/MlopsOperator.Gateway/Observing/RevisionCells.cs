using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Counters of one revision of one route. They outlive route sets. Counting takes no lock and allocates nothing.</summary>
internal sealed class RevisionCells(string route, string revision)
{
    private readonly long[] outcomes = new long[Outcome.Count];
    private long inFlight;
    private long fallbacks;

    /// <summary><c>namespace/name</c> of the route.</summary>
    public string Route { get; } = route;

    /// <summary>Revision hash.</summary>
    public string Revision { get; } = revision;

    /// <summary>The labels of both, encoded once.</summary>
    public byte[] Labels { get; } = ExpositionWriter.EncodeLabels((Api.Routes.TelemetryNames.RouteLabel, route), (Api.Routes.TelemetryNames.RevisionLabel, revision));

    /// <summary>Times to the last byte, of what counts as a request.</summary>
    public DurationCells Durations { get; } = new();

    /// <summary>Counters of the copies that it gets; null where no route has mirrored to it.</summary>
    public MirrorCells? Mirror { get; private set; }

    /// <summary>Requests under way.</summary>
    public long InFlight => Interlocked.Read(ref inFlight);

    /// <summary>Requests that another revision took.</summary>
    public long Fallbacks => Interlocked.Read(ref fallbacks);

    /// <summary>Whether anything is under way there, requests or copies.</summary>
    public bool IsBusy => InFlight > 0 || Mirror is { Budget.Copies: > 0 };

    /// <summary>Counters for copies, which stay from now on.</summary>
    public MirrorCells MirrorWithin(CopyBudget budget) => Mirror ??= new MirrorCells(budget);

    /// <summary>A request begins.</summary>
    public void Enter() => Interlocked.Increment(ref inFlight);

    /// <summary>The request is over and counted.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);

    /// <summary>A request that was this revision's went to another, as there was no endpoint.</summary>
    public void FellBack() => Interlocked.Increment(ref fallbacks);

    /// <summary>Counts how a request ended.</summary>
    public void Count(Outcome outcome, TimeSpan duration)
    {
        Interlocked.Increment(ref outcomes[outcome.Index]);
        if (outcome.CountsAsRequest)
        {
            Durations.Observe(duration);
        }
    }

    /// <summary>Requests that ended so.</summary>
    public long Of(int outcome) => Interlocked.Read(ref outcomes[outcome]);
}
