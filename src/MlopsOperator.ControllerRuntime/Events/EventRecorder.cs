using System.Threading.Channels;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>
/// Publishes events.k8s.io/v1 Events in the background. Equal Events within six minutes are one object with a series; an object has a
/// budget of 25 different Events, refilled by one each five minutes; at most 1,000 wait. What exceeds that is counted and dropped.
/// </summary>
internal sealed class EventRecorder : IEventRecorder
{
    private readonly Lock _lock = new();
    private readonly EventSeriesTable _series;
    private readonly EventBudget _budget;
    private readonly Channel<EventSeries> _waiting;
    private readonly EventSender _sender;
    private readonly TimeProvider _time;
    private readonly RuntimeMetrics _metrics;
    private readonly Leadership _leadership;
    private readonly ILogger _logger;

    public EventRecorder(EventSender sender, OperatorSettings settings, Leadership leadership, TimeProvider time, IRandomSource random, RuntimeMetrics metrics, ILogger<EventRecorder> logger)
    {
        _sender = sender;
        _time = time;
        _metrics = metrics;
        _leadership = leadership;
        _logger = logger;
        _series = new EventSeriesTable(new EventFactory(settings, random), time);
        _budget = new EventBudget(time);
        _waiting = Channel.CreateBounded<EventSeries>(new BoundedChannelOptions(Limits.WaitingEvents) { FullMode = BoundedChannelFullMode.Wait });
    }

    public void Publish(IKubernetesObject<V1ObjectMeta> regarding, EventType type, string reason, string action, string note)
    {
        ArgumentNullException.ThrowIfNull(regarding);
        if (_leadership is { IsRequired: true, Holds: false })
        {
            // Told by the leader, who sees the same; here it would be old news by the time that this process leads.
            Drop("standby", EventText.Word(reason));
            return;
        }

        lock (_lock)
        {
            var content = new EventContent(
                regarding.Metadata?.Uid ?? ObjectKeyText(regarding), type, EventText.Word(reason), EventText.Word(action), EventText.Note(note));
            if (_series.Repeat(content) is { } known)
            {
                if (known.WantsWriting(_time))
                {
                    Offer(known);
                }

                return;
            }

            if (!_budget.TryTake(content.Subject))
            {
                Drop("budget", content.Reason);
                return;
            }

            Offer(_series.Begin(content, regarding));
        }
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_waiting.Reader.TryRead(out var series))
                {
                    await SendAsync(series, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The operator stops; what waits is lost, as Events may be.
        }
    }

    private static string ObjectKeyText(IKubernetesObject<V1ObjectMeta> regarding) => $"{regarding.Kind}/{Watching.ObjectKey.Of(regarding)}";

    private async Task SendAsync(EventSeries series, CancellationToken cancellationToken)
    {
        EventWrite write;
        lock (_lock)
        {
            write = series.TakeWrite(_time);
        }

        try
        {
            if (!await _sender.SendAsync(write, cancellationToken))
            {
                Drop("error", series.Content.Reason);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // No Event is worth an operator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.EventFailed(_logger, series.Content.Reason, exception);
            Drop("error", series.Content.Reason);
        }
    }

    private void Offer(EventSeries series)
    {
        if (series.IsQueued)
        {
            return;
        }

        series.IsQueued = _waiting.Writer.TryWrite(series);
        if (!series.IsQueued)
        {
            Drop("queue", series.Content.Reason);
        }
    }

    private void Drop(string cause, string reason)
    {
        _metrics.EventsDropped.WithLabels(cause).Inc();
        Log.EventDropped(_logger, reason, cause);
    }
}
