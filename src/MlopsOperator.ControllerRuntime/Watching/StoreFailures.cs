using System.Text.Json;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Says that an object cannot be decoded, once for each of its states, and keeps faulty functions of users from stopping a watch.</summary>
internal sealed class StoreFailures(IEventRecorder events, RuntimeMetrics metrics, ILogger<StoreFailures> logger)
{
    /// <param name="type">The kind.</param>
    /// <param name="item">The state.</param>
    /// <param name="exception">Why it cannot be decoded.</param>
    /// <param name="isFirst">Whether the state before could be decoded; else one that brings nothing but the condition about it is not told again.</param>
    public void Undecodable<T>(ResourceType type, RawObject item, JsonException exception, bool isFirst)
    {
        var problem = UndecodableField.Describe(typeof(T), item, exception);
        if (!isFirst && string.Equals(UndecodableCondition.Told(item), UndecodableCondition.Message(problem), StringComparison.Ordinal))
        {
            return;
        }

        Log.Undecodable(logger, type.Kind, item.Key, item.ResourceVersion, problem);
        metrics.UndecodableObjects.WithLabels(type.Kind).Inc();
        var reference = new UndecodableObject
        {
            ApiVersion = type.ApiVersion,
            Kind = type.Kind,
            Metadata = new V1ObjectMeta { Name = item.Key.Name, NamespaceProperty = item.Key.Namespace, Uid = item.Uid },
        };
        events.Publish(reference, EventType.Warning, "Undecodable", "Decode", UndecodableCondition.Message(problem));
    }

    public IEnumerable<TResult> Guard<TResult>(string name, Func<IEnumerable<TResult>> function)
    {
        try
        {
            return [.. function()];
        }
#pragma warning disable CA1031 // Anything may be thrown by a user's function; the watch must go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.FunctionThrew(logger, name, exception);
            return [];
        }
    }
}
