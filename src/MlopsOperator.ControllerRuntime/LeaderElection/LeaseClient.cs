using System.Text.Json;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>Reads and writes one Lease, past the fence.</summary>
internal sealed class LeaseClient(IKubernetesTransport transport, string @namespace, string name)
{
    private static readonly ResourceType Type = ResourceType.For<V1Lease>();

    public string Subject => $"Lease {@namespace}/{name}";

    /// <summary>The lease, or null where there is none.</summary>
    public async Task<V1Lease?> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await transport.SendAsync(new TransportRequest("GET", Type.ObjectPath(@namespace, name)), cancellationToken);
        return response.Status == 404 ? null : Decode(response, "get");
    }

    /// <summary>The created lease, or null if another process was first.</summary>
    public Task<V1Lease?> CreateAsync(V1LeaseSpec spec, CancellationToken cancellationToken) =>
        WriteAsync("POST", Type.CollectionPath(@namespace), new V1Lease { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace }, Spec = spec }, "create", cancellationToken);

    /// <summary>The written lease, or null if another process wrote since <paramref name="before"/> was read.</summary>
    public Task<V1Lease?> ReplaceAsync(V1Lease before, V1LeaseSpec spec, CancellationToken cancellationToken) =>
        WriteAsync("PUT", Type.ObjectPath(@namespace, name), new V1Lease { Metadata = before.Metadata, Spec = spec }, "update", cancellationToken);

    private async Task<V1Lease?> WriteAsync(string method, string path, V1Lease lease, string verb, CancellationToken cancellationToken)
    {
        lease.ApiVersion = Type.ApiVersion;
        lease.Kind = Type.Kind;
        var response = await transport.SendAsync(new TransportRequest(method, path, KubernetesSerializer.Serialize(lease)), cancellationToken);
        return response.Status == 409 ? null : Decode(response, verb);
    }

    private V1Lease Decode(TransportResponse response, string verb)
    {
        if (response.Status >= 300)
        {
            throw StatusAnswer.ToException(response.Status, response.Body.Span, response.RetryAfter, $"{verb} {Subject}");
        }

        try
        {
            return KubernetesSerializer.Deserialize<V1Lease>(response.Body.Span);
        }
        catch (JsonException exception)
        {
            throw new ApiException(response.Status, ApiException.Undecodable, $"{verb} {Subject}: the answer is no Lease at {exception.Path ?? "the root"}");
        }
    }
}
