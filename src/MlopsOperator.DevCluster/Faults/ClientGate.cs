using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Faults;

/// <summary>
/// What stands between the API server and its clients: scripted faults, clients that crashed, an API that is away. The cluster's own controllers
/// and node come in behind it. Everything happens on the caller's thread.
/// </summary>
internal sealed class ClientGate(ApiPipeline pipeline, KindRegistry kinds, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<ScriptedFault> faults = [];
    private readonly List<ClientCrash> crashes = [];
    private readonly List<ClientCrash> dead = [];
    private readonly List<(string UserAgent, IConnection Connection)> connections = [];
    private readonly Dictionary<string, int> writes = new(StringComparer.Ordinal);
    private bool away;
    private long absences;

    public void Add(ScriptedFault fault)
    {
        lock (gate)
        {
            // A long run sets many, and each is asked about each request.
            faults.RemoveAll(other => other.IsDone);
            faults.Add(fault);
        }
    }

    public void Add(ClientCrash crash)
    {
        lock (gate)
        {
            crashes.Add(crash);
        }
    }

    /// <summary>Lets dead clients live again; whether there were any.</summary>
    public bool Revive(string? manager)
    {
        lock (gate)
        {
            return dead.RemoveAll(crash => manager is null || string.Equals(crash.Manager, manager, StringComparison.Ordinal)) > 0;
        }
    }

    /// <summary>Writes that reached the server from a client, or from all.</summary>
    public int Writes(string? manager)
    {
        lock (gate)
        {
            return writes.Where(pair => RequestFacts.IsClient(pair.Key, manager)).Sum(pair => pair.Value);
        }
    }

    /// <summary>The API goes away, with every open watch and log, or comes back.</summary>
    public void SetAway(bool value)
    {
        lock (gate)
        {
            if (away && value)
            {
                throw new InvalidOperationException("the API is away already: await the task of the first restart before the next one");
            }

            away = value;
            absences += value ? 1 : 0;
        }

        if (value)
        {
            BreakConnections(null, "the API went away");
        }
    }

    /// <summary>What was set and never happened, in the words of the script.</summary>
    public IReadOnlyList<string> Unfired()
    {
        lock (gate)
        {
            return
            [
                .. faults.Where(fault => fault is { Fired: 0, IsOptional: false }).Select(fault => fault.ToString()),
                .. crashes.Where(crash => crash is { HasHappened: false, IsOptional: false }).Select(crash => crash.ToString()),
            ];
        }
    }

    /// <summary>One request of a client.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var facts = new RequestFacts(request, kinds);
        var (effect, crash, absence) = await AdmitAsync(facts, cancellationToken);
        if (crash is { Point: CrashPoint.Before })
        {
            Die(crash, facts);
            throw new ConnectionLostException($"{facts}: the client crashed before it");
        }

        var response = effect?.Answer is { } answer
            ? pipeline.Answer(request, ApiResponse.Of(answer(facts)))
            : await pipeline.HandleAsync(effect?.Watch is { } fault ? request.With(fault) : request, cancellationToken);
        if (crash is not null)
        {
            Die(crash, facts);
        }

        var lost = effect?.LosesAnswer == true ? effect.Text
            : crash is { Point: CrashPoint.AnswerLost } ? "the client crashed before its answer came"
            : crash is null && WentSince(absence, facts) ? "the connection broke before the answer came"
            : null;
        if (lost is not null)
        {
            await DiscardAsync(response);
            throw new ConnectionLostException($"{facts}: {lost}");
        }

        return Keep(facts, response);
    }

    /// <summary>What is to happen to a request, when it has come as far as the server.</summary>
    private async Task<(FaultEffect? Effect, ClientCrash? Crash, long Absence)> AdmitAsync(RequestFacts facts, CancellationToken cancellationToken)
    {
        FaultEffect? effect;
        long absence;
        lock (gate)
        {
            ThrowIfUnreachable(facts);
            absence = absences;
            effect = faults.Find(fault => fault.Hits(facts))?.Effect;
            if (effect?.Drops == true)
            {
                throw new ConnectionLostException($"{facts}: {effect.Text}");
            }

            if (effect is null or { Delay.Ticks: 0 })
            {
                return (effect, facts.IsWrite ? CountWrite(facts) : null, absence);
            }
        }

        await Task.Delay(effect.Delay, time, cancellationToken);
        lock (gate)
        {
            ThrowIfUnreachable(facts);
            if (absence != absences)
            {
                throw new ConnectionLostException($"{facts}: the API went away");
            }

            return (effect, facts.IsWrite ? CountWrite(facts) : null, absence);
        }
    }

    private static async Task DiscardAsync(ApiResponse response)
    {
        if (response.Watch is not null)
        {
            await response.Watch.DisposeAsync();
        }

        if (response.Stream is not null)
        {
            await response.Stream.DisposeAsync();
        }
    }

    private void ThrowIfUnreachable(RequestFacts facts)
    {
        if (away)
        {
            throw new ConnectionLostException($"{facts}: the API is away");
        }

        if (IsDead(facts))
        {
            throw new ConnectionLostException($"{facts}: the client crashed");
        }
    }

    /// <summary>Whether client or server went while the request was being answered.</summary>
    private bool WentSince(long absence, RequestFacts facts)
    {
        lock (gate)
        {
            return absence != absences || IsDead(facts);
        }
    }

    private bool IsDead(RequestFacts facts) => dead.Exists(crash => RequestFacts.IsClient(facts.UserAgent, crash.Manager));

    /// <summary>From the write that kills it on, whatever else the client has on its way breaks: it is dead before the write is done.</summary>
    private ClientCrash? CountWrite(RequestFacts facts)
    {
        writes[facts.UserAgent] = writes.GetValueOrDefault(facts.UserAgent) + 1;
        ClientCrash? due = null;
        foreach (var crash in crashes.Where(crash => crash.Counts(facts)).ToList())
        {
            dead.Add(crash);
            if (due is null)
            {
                due = crash;
            }
            else
            {
                // Another script for the same write: the client dies once.
                crash.Happen(facts);
            }
        }

        return due;
    }

    private void Die(ClientCrash crash, RequestFacts facts)
    {
        BreakConnections(crash.Manager, "the client crashed");
        crash.Happen(facts);
    }

    /// <summary>Remembers an answer that goes on, so that it can break.</summary>
    private ApiResponse Keep(RequestFacts facts, ApiResponse response)
    {
        if (response.Stream is { } stream)
        {
            response = response.With(new BreakableStream(stream));
        }

        if ((response.Watch ?? response.Stream as IConnection) is not { } connection)
        {
            return response;
        }

        bool reachable;
        lock (gate)
        {
            connections.RemoveAll(kept => kept.Connection.IsStopped);
            reachable = !away && !IsDead(facts);
            if (reachable)
            {
                connections.Add((facts.UserAgent, connection));
            }
        }

        if (!reachable)
        {
            connection.Break(new ConnectionLostException($"{facts}: the connection broke while it was opened"));
        }

        return response;
    }

    private void BreakConnections(string? manager, string why)
    {
        List<IConnection> broken;
        lock (gate)
        {
            broken = [.. connections.Where(kept => RequestFacts.IsClient(kept.UserAgent, manager)).Select(kept => kept.Connection)];
            connections.RemoveAll(kept => RequestFacts.IsClient(kept.UserAgent, manager));
        }

        foreach (var connection in broken)
        {
            connection.Break(new ConnectionLostException(why));
        }
    }
}
