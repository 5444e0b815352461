using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MlopsOperator.Gateway.Assignment;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class SplitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_unit_goes_where_its_bucket_says_and_the_counters_are_exact()
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var candidate = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(stable.Port, candidate.Port, weight: 3_000);
        var salt = Encoding.UTF8.GetBytes("salt");
        var expected = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (index, token) =>
        {
            var user = "user-" + (index % 200).ToString(CultureInfo.InvariantCulture);
            using var answer = await gateway.GetAsync("/v2/models", token, user);
            var owner = Buckets.Of(salt, user) < 3_000 ? "b" : "a";
            (await answer.Content.ReadAsStringAsync(token)).Should().Be(owner);
            answer.Headers.GetValues("x-mlops-version").Should().Equal("model-" + owner);
            expected.AddOrUpdate(owner, 1, (_, count) => count + 1);
        });

        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "200").Should().Be(expected["a"]);
        samples.Requests("b", "200").Should().Be(expected["b"]);
        stable.Seen.Count.Should().Be(expected["a"]);
        candidate.Seen.Count.Should().Be(expected["b"]);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(expected["a"]);
        samples.Of("mlops_inflight", "a").Should().Be(0);
    }

    [Fact]
    public async Task The_revision_before_that_is_listed_with_weight_0_after_a_promotion_takes_over_when_the_new_one_has_no_endpoint()
    {
        await using var promoted = await ModelBackend.StartAsync("a");
        await using var before = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(promoted.Port, before.Port, weight: 0);
        for (var index = 0; index < 100; index++)
        {
            using var answer = await gateway.GetAsync("/", Cancellation);
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("a", "weight 0 gets nothing while the other one can serve");
        }

        gateway.Apply([Manifests.Route("delays", Manifests.Spec(candidateWeight: 0, portA: promoted.Port, portB: before.Port))], Manifests.Slice("delays-b", "127.0.0.1"));
        for (var index = 0; index < 10; index++)
        {
            using var answer = await gateway.GetAsync("/", Cancellation);
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("b");
        }

        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests("a", "200").Should().Be(100);
        samples.Requests("b", "200").Should().Be(10);
        samples.Of("mlops_fallback_total", "a").Should().Be(10);
    }

    [Fact]
    public async Task A_failed_candidate_that_is_no_longer_listed_does_not_return_when_stable_has_no_endpoint()
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var failed = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(stable.Port, failed.Port, weight: 5_000);

        gateway.Apply([Manifests.Route("delays", Manifests.Spec(portA: stable.Port, sequence: 2))], Manifests.Slice("delays-b", "127.0.0.1"));
        using var refused = await gateway.GetAsync("/", Cancellation);

        ((int)refused.StatusCode).Should().Be(503);
        failed.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_are_refused_when_neither_revision_has_an_endpoint()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec(candidateWeight: 0))]);

        using var refused = await gateway.GetAsync("/", Cancellation);

        ((int)refused.StatusCode).Should().Be(503);
        (await refused.Content.ReadAsStringAsync(Cancellation)).Should().Contain("models/delays")
            .And.Contain("stable (Service delays-a) has no ready endpoint").And.Contain("candidate (Service delays-b) has no ready endpoint");
        refused.Headers.RetryAfter.Should().NotBeNull();
    }

    [Fact]
    public async Task Requests_without_a_unit_are_split_by_chance()
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var candidate = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(stable.Port, candidate.Port, weight: 5_000);

        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (_, token) =>
        {
            using var answer = await gateway.GetAsync("/", token);
            answer.EnsureSuccessStatusCode();
        });

        // Six standard deviations.
        candidate.Seen.Count.Should().BeInRange(140, 260);
        (stable.Seen.Count + candidate.Seen.Count).Should().Be(400);
    }

    [Theory]
    [InlineData("delays-a", "b", "a")]
    [InlineData("delays-b", "a", "b")]
    public async Task A_weighted_revision_without_endpoints_gives_its_buckets_to_the_other(string withoutEndpoints, string answering, string missing)
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var candidate = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(stable.Port, candidate.Port, weight: 5_000);
        gateway.Apply(
            [Manifests.Route("delays", Manifests.Spec(candidateWeight: 5_000, portA: stable.Port, portB: candidate.Port))],
            string.Equals(withoutEndpoints, "delays-a", StringComparison.Ordinal) ? Manifests.Slice("delays-b", "127.0.0.1") : Manifests.Slice("delays-a", "127.0.0.1"));

        for (var index = 0; index < 64; index++)
        {
            using var answer = await gateway.GetAsync("/", Cancellation);
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be(answering);
        }

        var samples = await gateway.SettledScrapeAsync(Cancellation);
        samples.Requests(answering, "200").Should().Be(64);
        samples.Of("mlops_fallback_total", missing).Should().BeInRange(1, 63);
        samples.Of("mlops_fallback_total", answering).Should().Be(0);
    }

    [Fact]
    public async Task Stable_of_weight_0_takes_over_when_the_candidate_loses_its_endpoints()
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec(candidateWeight: 10_000, portA: stable.Port))], Manifests.Slice("delays-a", "127.0.0.1"));

        using var answer = await gateway.GetAsync("/", Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("a");
    }
}
