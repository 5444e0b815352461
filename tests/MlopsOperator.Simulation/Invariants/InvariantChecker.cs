using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>Checks every invariant after every write, and after every step of a gateway those that are about it. What is broken is kept until somebody asks: a check under the store's lock throws at nobody.</summary>
/// <param name="elapsed">What has passed of the world's time.</param>
/// <param name="served">Requests that gateways have given a revision; null where nobody counts.</param>
/// <param name="clocksDiffer">How far apart the clocks are of the operator's processes that have worked since a moment; null: not at all.</param>
internal sealed class InvariantChecker(Func<TimeSpan> elapsed, Func<string, double>? served = null, Func<TimeSpan, TimeSpan>? clocksDiffer = null)
{
    private const int Remembered = 20;
    private const int Kept = 100;

    private readonly IReadOnlyList<IInvariant> _invariants = AllInvariants.Create();
    private readonly StoreModel _store = new(elapsed, served, clocksDiffer);
    private readonly Queue<string> _last = new();
    private readonly Queue<string> _lastClients = new();
    private readonly List<Violation> _violations = [];
    private bool _thrown;

    /// <summary>All that was broken, oldest first.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Which violation ends a run; all unless a test is after one.</summary>
    public Predicate<Violation> Ends { get; set; } = _ => true;

    /// <summary>Whether something was broken that ends the run.</summary>
    public bool IsBroken => _violations.Any(violation => Ends(violation));

    /// <summary>From now on the operator may see the past, as watches that lag or a process that stood still show it.</summary>
    public void IsSeenLate() => _store.IsSeenLate = true;

    /// <summary>From now on time may pass between what the operator reads and what it writes by that.</summary>
    public void IsSlow() => _store.IsSeenLate = _store.IsSlow = true;

    /// <summary>A request with this body is on its way, and arrives later.</summary>
    public void IsLate(ReadOnlyMemory<byte> body) => _store.IsLate(body);

    /// <summary>Writes of the operator so far: without any, nothing was checked.</summary>
    public int OwnWrites { get; private set; }

    /// <summary>Names of the clients that wrote the last writes.</summary>
    public IEnumerable<string> LastClients => _lastClients.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public void Observe(ClusterWrite write)
    {
        OwnWrites += write.IsOurs() ? 1 : 0;
        _store.Apply(write);
        _last.Enqueue(FormattableString.Invariant($"{elapsed().TotalSeconds,8:0.000} {write.Client} ({write.Manager}) {write.Method} {write.Resource} {write.Namespace}/{write.Name}"));
        _lastClients.Enqueue(write.Client);
        if (_last.Count > Remembered)
        {
            _last.Dequeue();
            _lastClients.Dequeue();
        }

        foreach (var invariant in _invariants)
        {
            Add(invariant, Found(() => invariant.Check(write, _store)), write);
        }
    }

    /// <summary>A gateway gives requests to a candidate.</summary>
    public void Observe(GatewayStep step)
    {
        foreach (var invariant in _invariants.OfType<IGatewayInvariant>())
        {
            Add(invariant, Found(() => invariant.Check(step, _store)), null);
        }
    }

    /// <summary>Throws what was broken, once.</summary>
    public void ThrowIfBroken()
    {
        if (!_thrown && IsBroken)
        {
            _thrown = true;
            throw new InvariantViolatedException(_violations);
        }
    }

    private void Add(IInvariant invariant, string? found, ClusterWrite? write)
    {
        if (found is not null && _violations.Count < Kept)
        {
            _violations.Add(new Violation(invariant.Id, invariant.Text, found, write, [.. _last]));
        }
    }

    private static string? Found(Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The cluster would answer the operator with a 500 and nobody would hear of it.
            return $"the check itself failed: {error}";
        }
    }
}
