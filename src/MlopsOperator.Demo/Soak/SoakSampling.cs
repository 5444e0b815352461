namespace MlopsOperator.Demo.Soak;

/// <summary>Samples all processes every few seconds until it is stopped.</summary>
internal sealed class SoakSampling : IAsyncDisposable
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly ProcessSampler _sampler = new();
    private readonly List<ProcessSample> _samples = [];
    private readonly SampleFile _file;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Task _sampling;

    /// <summary>Begins.</summary>
    public SoakSampling(SampleFile file, TimeProvider time)
    {
        (_file, _time, _started) = (file, time, time.GetTimestamp());
        _sampling = SampleAsync(_stop.Token);
    }

    /// <summary>Time since it began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Stops; all samples.</summary>
    public async Task<IReadOnlyList<ProcessSample>> StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        return _samples;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _sampler.Dispose();
        _stop.Dispose();
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _file.BeginAsync();
            using var timer = new PeriodicTimer(BetweenSamples, _time);
            do
            {
                foreach (var sample in await _sampler.SampleAsync(Elapsed, cancellationToken))
                {
                    _samples.Add(sample);
                    await _file.WriteAsync(sample);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // How it ends.
        }
    }
}
