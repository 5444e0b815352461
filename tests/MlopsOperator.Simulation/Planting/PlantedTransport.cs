using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.Planting;

/// <summary>A transport with a bug in it, until it is reported: an operator that fights a bug would do so for ever within one moment.</summary>
internal sealed class PlantedTransport(IKubernetesTransport inner, IPlant plant, TimeProvider time, Func<bool> reported) : IKubernetesTransport
{
    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        if (request.Method is "GET" || reported())
        {
            return await inner.SendAsync(request, cancellationToken);
        }

        if (plant.WaitsBeforeSending(request) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, CancellationToken.None);
            return await inner.SendAsync(request with { BeforeSending = null }, CancellationToken.None);
        }

        TransportResponse? answer = null;
        foreach (var sent in plant.Send(request))
        {
            answer = await inner.SendAsync(sent, cancellationToken);
        }

        return answer is null
            ? throw new TransportException("the planted bug dropped it")
            : plant.Again(request, answer) is { } again ? await inner.SendAsync(again, cancellationToken) : answer;
    }

    public Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken) => inner.WatchAsync(request, cancellationToken);
}
