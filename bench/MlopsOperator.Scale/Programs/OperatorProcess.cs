using System.Globalization;

namespace MlopsOperator.Scale.Programs;

/// <summary>The operator as a process, with what it tells of itself.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private readonly RunningProgram _program;
    private readonly HttpClient _http;

    private readonly TimeProvider _time;
    private readonly long _started;

    private OperatorProcess(RunningProgram program, int port, TimeProvider time)
    {
        (_program, _time, _started) = (program, time, time.GetTimestamp());
        _http = new HttpClient { BaseAddress = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri };
    }

    /// <summary>From the start of the process until its caches were complete.</summary>
    public TimeSpan ColdStart { get; private set; }

    public RunningProgram Program => _program;

    /// <summary>Starts it; the caller waits for <see cref="UntilReadyAsync"/>.</summary>
    public static OperatorProcess Start(string folder, int port, TimeProvider time) =>
        new(RunningProgram.Start("Operator", folder, FormattableString.Invariant($"--health-port={port}")), port, time);

    /// <summary>Waits until its caches are complete.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), _time);
        while (!await IsReadyAsync(cancellationToken))
        {
            if (_program.HasEnded || _time.GetElapsedTime(_started) > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException($"the operator did not get ready; its output is in {_program.Log}");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        ColdStart = _time.GetElapsedTime(_started);
    }

    /// <summary>Requests that may write, by its own count.</summary>
    public async Task<double> WritesAsync(CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken);
        return text.Split('\n')
            .Where(line => line.StartsWith("rest_client_requests_total{", StringComparison.Ordinal) && !line.Contains("method=\"GET\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("readyz", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
