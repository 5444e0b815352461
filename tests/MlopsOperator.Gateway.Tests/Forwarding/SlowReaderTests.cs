using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Forwarding;

/// <summary>Runs alone: among busy tests the backend of these may be the slow one.</summary>
[Collection(AloneDefinition.Name)]
public sealed class SlowReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_does_not_read_its_answer_until_the_deadline_is_not_the_revisions_error()
    {
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            var piece = new byte[1_000_000];
            for (var sent = 0; sent < 64; sent++)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "2s" });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));

        using var answer = await gateway.SendAsync(request, Cancellation, HttpCompletionOption.ResponseHeadersRead);

        (await CodesAsync(gateway)).Should().Equal("mlops_requests_total{route=\"models/delays\",revision=\"a\",code=\"cancelled\"}");
    }

    [Fact]
    public async Task A_backend_that_stops_in_the_middle_of_its_answer_is_the_revisions_error()
    {
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[1_000], context.RequestAborted);
            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { Timeout = "2s" });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));

        using var answer = await gateway.SendAsync(request, Cancellation, HttpCompletionOption.ResponseHeadersRead);

        (await CodesAsync(gateway)).Should().Equal("mlops_requests_total{route=\"models/delays\",revision=\"a\",code=\"broken\"}");
    }

    private static async Task<IReadOnlyList<string>> CodesAsync(TestGateway gateway)
    {
        var samples = await gateway.SettledScrapeAsync(Cancellation);
        return [.. samples.All.Keys.Where(key => key.StartsWith("mlops_requests_total", StringComparison.Ordinal))];
    }
}
