using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>Writes the status of an object that need not fit its class: nothing of it is lost on the way.</summary>
internal sealed class RawStatusWriter(IKubernetesTransport transport)
{
    /// <summary>Replaces the status with that of <paramref name="content"/>, at its resourceVersion. Throws <see cref="ApiException"/>; gone already is success.</summary>
    public async Task WriteAsync(ResourceType type, ObjectKey key, JsonObject content, string fieldManager, CancellationToken cancellationToken)
    {
        var path = $"{type.ObjectPath(key.Namespace, key.Name, "status")}?fieldManager={Uri.EscapeDataString(fieldManager)}";
        var response = await transport.SendAsync(new TransportRequest("PUT", path, KubernetesSerializer.Serialize(content)), cancellationToken);
        if (response.Status is >= 300 and not 404)
        {
            throw StatusAnswer.ToException(response.Status, response.Body.Span, response.RetryAfter, $"write the status of {type.Kind} {key}");
        }
    }
}
