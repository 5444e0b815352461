using System.Globalization;
using MlopsOperator.Api.Routes;
using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Operator.Evidence.Parsing;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>Scrapes one gateway once, for some routes. Whatever goes wrong is an outcome; only the caller's cancellation is thrown.</summary>
internal sealed class GatewayProbe(ITelemetryClient client, ScraperMetrics metrics, TimeProvider time)
{
    private static readonly IReadOnlyDictionary<string, RouteSample> Nothing = new Dictionary<string, RouteSample>();

    /// <summary>A fifth of the interval is left for what follows the scrape.</summary>
    public static TimeSpan Timeout(TimeSpan interval) => TimeSpan.FromTicks(Math.Max(EvidenceLimits.ShortestTimeout.Ticks, interval.Ticks * 4 / 5));

    /// <param name="target">The gateway.</param>
    /// <param name="routes">What is asked for.</param>
    /// <param name="floors">The floors to name, by route.</param>
    /// <param name="began">When the round began, the same for all its gateways: an acknowledgement takes the newest time, a round of evidence the oldest.</param>
    /// <param name="timeout">When to give it up.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    public async Task<ScrapeOutcome> ScrapeAsync(
        GatewayTarget target, IReadOnlyList<string> routes, IReadOnlyDictionary<string, long> floors, DateTimeOffset began, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var outcome = await AttemptAsync(target, routes, floors, began, timeout, either.Token, cancellationToken);
        metrics.Scraped(outcome.Result, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<ScrapeOutcome> AttemptAsync(
        GatewayTarget target,
        IReadOnlyList<string> routes,
        IReadOnlyDictionary<string, long> floors,
        DateTimeOffset began,
        TimeSpan timeout,
        CancellationToken attempt,
        CancellationToken cancellationToken)
    {
        try
        {
            var samples = new Dictionary<string, RouteSample>(StringComparer.Ordinal);
            foreach (var chunk in routes.Chunk(EvidenceLimits.RoutesPerRequest))
            {
                var answer = await client.PostAsync(new(target.Uri, TelemetryNames.ScrapePath), new ScrapeRequest(chunk, Named(chunk, floors)).ToUtf8(), EvidenceLimits.AnswerBytes, attempt);
                if (answer.Status != 200)
                {
                    return Failed(target, ScrapeResults.Refused, string.Create(CultureInfo.InvariantCulture, $"status {answer.Status} where 200 was expected"));
                }

                var (read, rows) = TelemetryReader.Read(answer.Body.Span, chunk, began, time.GetUtcNow());
                metrics.Rows(rows);
                foreach (var (route, sample) in read)
                {
                    samples[route] = sample;
                }
            }

            return new(target, ScrapeResults.Ok, samples, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(target, ScrapeResults.TimedOut, string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalMilliseconds} ms"));
        }
        catch (PrometheusFormatException exception)
        {
            return Failed(target, ScrapeResults.Malformed, exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Failed(target, ScrapeResults.Unreachable, exception.Message);
        }
#pragma warning disable CA1031 // What one gateway answers must not take the others' evidence of this round away.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Failed(target, ScrapeResults.Malformed, $"unforeseen {exception.GetType().Name}: {exception.Message}");
        }
#pragma warning restore CA1031
    }

    private static Dictionary<string, long>? Named(IReadOnlyList<string> chunk, IReadOnlyDictionary<string, long> floors)
    {
        var named = chunk.Where(floors.ContainsKey).ToDictionary(route => route, route => floors[route], StringComparer.Ordinal);
        return named.Count > 0 ? named : null;
    }

    private static ScrapeOutcome Failed(GatewayTarget target, string result, string reason) => new(target, result, Nothing, reason);
}
