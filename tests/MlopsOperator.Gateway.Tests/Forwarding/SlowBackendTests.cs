using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Forwarding;

/// <summary>Runs alone: among busy tests the client of this one is the slow one.</summary>
[Collection(AloneDefinition.Name)]
public sealed class SlowBackendTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backend_that_does_not_read_a_large_body_is_too_slow_itself()
    {
        await using var backend = await ModelBackend.StartAsync(context => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "3s" });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative)) { Content = new ByteArrayContent(new byte[15_000_000]) };

        await gateway.SendAsync(request, Cancellation).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);

        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.All.Keys.Where(key => key.StartsWith("mlops_requests_total", StringComparison.Ordinal)).Should().Equal("mlops_requests_total{route=\"models/delays\",revision=\"a\",code=\"504\"}");
    }
}
