using System.Text;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using Prometheus;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>A cache of a thousand pods, indexed as the operator's, that is given the list anew.</summary>
internal sealed class PodLists
{
    public const int Pods = 1_000;

    private readonly ObjectStore<V1Pod> _store;
    private readonly IReadOnlyList<RawObject> _one;
    private readonly IReadOnlyList<RawObject> _other;
    private bool _turn;

    /// <param name="changed">How many pods each list has in another state than the one before.</param>
    public PodLists(int changed)
    {
        _store = new ObjectStore<V1Pod>(
            new CacheOptions<V1Pod>().Index(CacheIndexes.ByRevision, CacheIndexes.OfRevisionLabel),
            new StoreFailures(new NoEvents(), new RuntimeMetrics(Metrics.NewCustomRegistry()), NullLogger<StoreFailures>.Instance));
        _one = List(number => 100_000 + number);
        _other = List(number => number < changed ? 200_000 + number : 100_000 + number);
        Replace();
        Replace();
    }

    /// <summary>The next list.</summary>
    public void Replace()
    {
        _turn = !_turn;
        _store.Replace(_turn ? _one : _other, _turn ? "300000" : "300001");
    }

    private static IReadOnlyList<RawObject> List(Func<int, int> resourceVersion) =>
        [.. Enumerable.Range(0, Pods).Select(number => RawObject.Parse(Encoding.UTF8.GetBytes(PodText.Pod(number, resourceVersion(number)).ToJsonString())))];
}
