using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>Writes a status only where it differs from the one that was read. One call a run: a second one meets a conflict.</summary>
public sealed class StatusWriter(IKubernetesApi api)
{
    /// <summary>
    /// Writes the status of <paramref name="wanted"/> at the resourceVersion of <paramref name="observed"/>, unless both are equal as JSON
    /// (order of members and nulls aside): then nothing is sent and <paramref name="observed"/> comes back.
    /// Throws <see cref="Transport.ApiException"/>; on a conflict let it pass, the runner reads afresh and runs again.
    /// </summary>
    /// <param name="observed">The object as it was read.</param>
    /// <param name="wanted">A copy with the new status; see <see cref="KubernetesSerializer.Clone{T}"/>.</param>
    /// <param name="fieldManager">Name of the writer, at most 128 characters.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<T> WriteAsync<T>(T observed, T wanted, string fieldManager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(wanted);
        var before = KubernetesSerializer.ToJsonObject(observed)["status"];
        var after = KubernetesSerializer.ToJsonObject(wanted)["status"];
        if (CanonicalJson.AreEqual(before, after))
        {
            return observed;
        }

        wanted.Metadata.ResourceVersion = observed.Metadata.ResourceVersion;
        return await api.ReplaceStatusAsync(wanted, fieldManager, cancellationToken);
    }
}
