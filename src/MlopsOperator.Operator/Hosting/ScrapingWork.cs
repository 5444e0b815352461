using System.Collections.Concurrent;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Operator.Hosting;

/// <summary>Runs the scraper where this process leads, and asks for a decision whenever a route has new evidence.</summary>
internal sealed class ScrapingWork(GatewayScraper scraper, RouteEvidence evidence, IReconcileQueue<ModelDeployment> queue) : IOperatorWork
{
    private readonly ConcurrentDictionary<string, int> _rounds = new(StringComparer.Ordinal);

    /// <summary>Scrapes until cancelled, on the caller's context.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        evidence.NotifyOnScraped(OnScraped);
        return scraper.RunAsync(cancellationToken);
    }

    private void OnScraped(string route)
    {
        var separator = route.IndexOf('/', StringComparison.Ordinal);
        var key = new ObjectKey(route[..separator], route[(separator + 1)..]);
        queue.EnqueueUnlessFailing(ModelOperatorServices.RolloutController, key);
        if (_rounds.AddOrUpdate(route, 1, static (_, rounds) => rounds + 1) % BaselineSaving.BlocksBetweenSaves == 0)
        {
            queue.Enqueue(ModelOperatorServices.DeploymentController, key);
        }
    }
}
