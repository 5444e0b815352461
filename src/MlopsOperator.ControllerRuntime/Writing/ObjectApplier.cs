using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>
/// Applies wanted objects (server-side, forced) only when there is a reason: the wanted content changed, the object is not the one our
/// last apply left (another uid, or a generation that moved on), it is missing, or this process has not applied it yet. A cache that is
/// behind the last apply gives none for 30 seconds where it shows no object; where it shows an older one, until it catches up.
/// Comparing whole objects would not do: defaults, quantities and webhooks change them. Safe for parallel use.
/// </summary>
public sealed class ObjectApplier(IKubernetesApi api, OwnWrites ownWrites, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ResourceType Kind, ObjectKey Key, string Manager), AppliedObject> _applied = [];
    private readonly Queue<(ResourceType Kind, ObjectKey Key, string Manager)> _order = new();

    /// <summary>Applies <paramref name="content"/> if need be.</summary>
    /// <param name="content">All fields that the manager owns, with apiVersion, kind, metadata.name and namespace.</param>
    /// <param name="observed">The object as the cache shows it; null where it shows none.</param>
    /// <param name="fieldManager">Name of the owner of the fields, at most 128 characters.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The object as the apply left it, or <paramref name="observed"/>, which may be null, when nothing was sent.</returns>
    public async Task<T?> ApplyAsync<T>(JsonObject content, T? observed, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(content);
        var metadata = content["metadata"];
        var key = new ObjectKey((string?)metadata?["namespace"], (string?)metadata?["name"] ?? string.Empty);
        var place = (ResourceType.For<T>(), key, fieldManager);
        var hash = CanonicalJson.Hash(content);
        if (Find(place) is { } last && IsStillTrue(last, hash, observed?.Metadata, ownWrites.Check(place.Item1, key) != OwnWriteState.CaughtUp))
        {
            return observed;
        }

        var applied = await api.ApplyAsync<T>(content, fieldManager, dryRun: false, cancellationToken);
        Remember(place, AppliedObject.From(hash, applied.Metadata, time.GetTimestamp()));
        return applied;
    }

    /// <summary>Forgets an object, so that its next apply is sent whatever is known; after its deletion.</summary>
    public void Forget<T>(string? @namespace, string name, string fieldManager)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
        {
            _applied.Remove((ResourceType.For<T>(), new ObjectKey(@namespace, name), fieldManager));
        }
    }

    private bool IsStillTrue(AppliedObject last, string hash, V1ObjectMeta? observed, bool isBehind) => observed is not null
        ? last.IsStillTrue(hash, observed, isBehind)
        : isBehind && string.Equals(last.Hash, hash, StringComparison.Ordinal) && time.GetElapsedTime(last.At) < Limits.OwnWriteWait;

    private AppliedObject? Find((ResourceType Kind, ObjectKey Key, string Manager) place)
    {
        lock (_lock)
        {
            return _applied.GetValueOrDefault(place);
        }
    }

    private void Remember((ResourceType Kind, ObjectKey Key, string Manager) place, AppliedObject applied)
    {
        lock (_lock)
        {
            if (!_applied.ContainsKey(place))
            {
                _order.Enqueue(place);
            }

            _applied[place] = applied;
            while (_order.Count > Limits.RememberedApplies)
            {
                _applied.Remove(_order.Dequeue());
            }
        }
    }
}
