using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

/// <summary>A clock that only tests move, and that knows how many timers wait for it: what has yet to start waiting would miss a move.</summary>
internal sealed class TrackedTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _waiting);
        return new Timer(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _waiting));
    }

    private sealed class Timer(ITimer inner, Action disposed) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            inner.Dispose();
            Count();
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            Count();
        }

        private void Count()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                disposed();
            }
        }
    }
}
