using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Answers of the probes.</summary>
internal sealed class OperatorHealth(IEnumerable<Reflector> reflectors, IEnumerable<IReflectedStore> stores)
{
    private readonly Reflector[] _reflectors = [.. reflectors];
    private readonly IReflectedStore[] _stores = [.. stores];

    /// <summary>Kinds whose watch has given no sign for 15 minutes: the process is beyond help.</summary>
    public IReadOnlyList<string> Stuck() => Names(_reflectors.Where(reflector => reflector.SinceProgress >= Limits.Liveness).Select(reflector => reflector.Kind));

    /// <summary>Kinds whose first list is not complete.</summary>
    public IReadOnlyList<string> Unsynced() => Names(_stores.Where(store => !store.HasSynced).Select(store => store.Kind));

    private static IReadOnlyList<string> Names(IEnumerable<string> kinds) => [.. kinds.Order(StringComparer.Ordinal)];
}
