using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Takes keys from a queue, one after the other. Whatever works on a key marks it as <see cref="WorkQueue.Done"/>.</summary>
internal static class QueueWorker
{
    /// <summary>Opens a queue with the gate; <paramref name="all"/> keys are added where it has stood by.</summary>
    public static async Task OpenAsync(this WorkQueue queue, Task gate, Func<IEnumerable<ObjectKey>> all, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        if (queue.Open())
        {
            foreach (var key in all())
            {
                queue.Add(key, isBehind: true);
            }
        }
    }

    /// <summary>Waits for the gate, then works until cancelled. What <paramref name="work"/> throws ends it.</summary>
    public static async Task RunAsync(this WorkQueue queue, Task gate, Func<ObjectKey, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await gate.WaitAsync(cancellationToken);

            // The gate opens on the stack of a reflector; work goes on from its own.
            await Task.Yield();
            while (true)
            {
                await work(await queue.TakeAsync(cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The operator stops.
        }
    }

    /// <summary>Works on the next ready key; false when none is ready.</summary>
    public static async Task<bool> TryRunOneAsync(this WorkQueue queue, Func<ObjectKey, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (!queue.TryTake(out var key))
        {
            return false;
        }

        await work(key, cancellationToken);
        return true;
    }
}
