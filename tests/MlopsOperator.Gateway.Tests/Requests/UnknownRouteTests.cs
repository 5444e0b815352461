using System.Globalization;
using System.Net;
using System.Text.Json;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Requests;

public sealed class UnknownRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_host_is_told_with_the_hosts_that_are_known()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec() with { Hosts = ["delays.test", "*.delays.test"] })]);

        using var answer = await gateway.GetAsync("/v2/x", Cancellation, host: "Other.test");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        problem.RootElement.GetProperty("status").GetInt32().Should().Be(404);
        problem.RootElement.GetProperty("detail").GetString().Should().Be("No route answers host \"other.test\" with path \"/v2/x\". Known hosts: *.delays.test, delays.test.");
        problem.RootElement.GetProperty("requestId").GetString().Should().Be(answer.Headers.GetValues("x-request-id").Single());
    }

    [Fact]
    public async Task An_unknown_path_is_told_with_the_paths_of_its_host()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec() with { Path = "/v2" }), Manifests.Route("other", Manifests.Spec("other.test"))]);

        using var answer = await gateway.GetAsync("/v22", Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("Paths of this host: /v2.").And.NotContain("other.test");
    }

    [Fact]
    public async Task The_list_of_hosts_is_bounded()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([.. Enumerable.Range(10, 30).Select(number => number.ToString(CultureInfo.InvariantCulture)).Select(number => Manifests.Route("r" + number, Manifests.Spec($"h{number}.test")))]);

        using var answer = await gateway.GetAsync("/" + new string('x', 1_000), Cancellation, host: "none.test");

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.Should().Contain("h19.test and more").And.NotContain("h20.test");
        text.Length.Should().BeLessThan(1_000);
    }

    [Fact]
    public async Task Without_any_route_that_is_what_is_told()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([]);

        using var answer = await gateway.GetAsync("/", Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("There are no routes yet.");
    }

    [Fact]
    public async Task Before_the_first_list_every_request_is_a_503()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
    }
}
