using System.Globalization;
using MlopsOperator.ModelServer.Observing;
using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Health;

/// <summary>Loads the model while the server is already live, and says how that went. A model that cannot be loaded does not end the process: a crash loop would hide the reason.</summary>
internal sealed class ModelLoading(
    ServerOptions options, ModelLoader loader, ModelWarmUp warmUp, ServerHealth health, ServerMetrics metrics, TimeProvider time, ILogger<ModelLoading> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.LoadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, deadline.Token);

        // ONNX Runtime loads on the thread that asks; the server must answer probes meanwhile.
        var loading = Task.Run(() => warmUp.Run(loader.Load(either.Token), either.Token), either.Token);
        try
        {
            var model = await loading.WaitAsync(either.Token);
            var elapsed = time.GetElapsedTime(started);
            metrics.ModelLoaded(elapsed);
            health.State = ModelState.Loaded(model);
            logger.ModelReady(options.ModelName, options.ModelVersion ?? "none", options.ModelPath, (long)elapsed.TotalMilliseconds);
        }
        catch (ModelLoadException exception)
        {
            Fail(exception.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends before it was ready: there is nobody left to tell. A process that ends in the middle of native loading may crash,
            // so it waits, as long as the host's shutdown does.
            await Task.WhenAny(loading);
        }
        catch (OperationCanceledException)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"it was not loaded and warm within {options.LoadTimeout.TotalSeconds} s (LOAD_TIMEOUT_SECONDS)"));
        }
    }

    private void Fail(string reason)
    {
        health.State = ModelState.Failed(reason);
        metrics.ModelFailed();
        logger.ModelFailed(options.ModelName, options.ModelVersion ?? "none", reason);
    }
}
