namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static async Task Holds(Func<bool> condition, string what, CancellationToken cancellationToken) =>
        await Holds(() => Task.FromResult(condition()), what, cancellationToken);

    public static async Task Holds(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), time);
        while (!await condition())
        {
            if (time.GetElapsedTime(start) > Deadline)
            {
                throw new TimeoutException($"Not within {Deadline}: {what}");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
