namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Requests for a list that begins after they were made. Anyone asks, one reflector takes and answers.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing to be freed, and a request may be about to cancel it.
internal sealed class RefreshRequests
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private CancellationTokenSource _asked = new();
    private int _taken;

    /// <summary>Asks; completes with <see cref="Answer"/>, on the stack of the reflector as the first list does.</summary>
    public Task AskAsync()
    {
        var shown = new TaskCompletionSource();
        CancellationTokenSource asked;
        lock (_lock)
        {
            _waiting.Add(shown);
            asked = _asked;
        }

#pragma warning disable MA0042, MA0045 // CancelAsync would leave the caller's context.
        asked.Cancel();
#pragma warning restore MA0042, MA0045
        return shown.Task;
    }

    /// <summary>Takes those that a list which begins now answers. The token is cancelled by the next one.</summary>
    public (bool Any, CancellationToken Next) Take()
    {
        lock (_lock)
        {
            if (_asked.IsCancellationRequested)
            {
                _asked = new CancellationTokenSource();
            }

            _taken = _waiting.Count;
            return (_taken > 0, _asked.Token);
        }
    }

    /// <summary>Those that were taken have what they asked for.</summary>
    public void Answer()
    {
        List<TaskCompletionSource> answered;
        lock (_lock)
        {
            answered = _waiting[.._taken];
            _waiting.RemoveRange(0, _taken);
            _taken = 0;
        }

        foreach (var request in answered)
        {
            request.TrySetResult();
        }
    }
}
