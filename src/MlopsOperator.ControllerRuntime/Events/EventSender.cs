using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>Writes one Event; tries 12 times, 10 s apart, where trying again can help.</summary>
[EntityRbac(typeof(Eventsv1Event), Verbs = RbacVerb.Create | RbacVerb.Patch)]
internal sealed class EventSender(IKubernetesApi api, TimeProvider time, ILogger<EventSender> logger)
{
    private const string FieldManager = "event-recorder";

    /// <summary>False when it could not be written.</summary>
    public async Task<bool> SendAsync(EventWrite write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wait = Limits.EventRetry;
            try
            {
                await WriteAsync(write, cancellationToken);
                return true;
            }
            catch (ApiException exception) when (exception is { IsConflict: true } && write.IsNew)
            {
                // An earlier attempt has arrived although its answer was lost.
                return true;
            }
            catch (ApiException exception) when (exception.Code is < 500 and not 429)
            {
                Log.EventRefused(logger, write.Event.Reason, exception.Code, exception.Message);
                return false;
            }
            catch (Exception exception) when (exception is ApiException or TransportException)
            {
                if (attempt == Limits.EventAttempts)
                {
                    Log.EventRefused(logger, write.Event.Reason, 0, exception.Message);
                    return false;
                }

                if ((exception as ApiException)?.RetryAfter is { } asked && asked > wait)
                {
                    wait = asked;
                }
            }

            await time.DelayAsync(wait, cancellationToken);
        }
    }

    private async Task WriteAsync(EventWrite write, CancellationToken cancellationToken)
    {
        if (write.IsNew)
        {
            await api.CreateAsync(write.Event, FieldManager, cancellationToken);
            return;
        }

        var metadata = write.Event.Metadata;
        var patch = new JsonObject { ["series"] = KubernetesSerializer.ToJsonObject(write.Event)["series"]!.DeepClone() };
        try
        {
            await api.MergePatchAsync<Eventsv1Event>(metadata.NamespaceProperty, metadata.Name, patch, FieldManager, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // Events live for an hour: the series goes on under the same name.
            await api.CreateAsync(write.Event, FieldManager, cancellationToken);
        }
    }
}
