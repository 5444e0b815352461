using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class HeaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_only_the_gateway_may_set_and_what_Connection_names_does_not_reach_the_backend()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        await RawClient.StatusLineAsync(
            gateway.Requests,
            "GET /v2/models?x=1 HTTP/1.1\r\nHost: delays.test\r\nConnection: X-Secret\r\nX-Secret: 1\r\nX-Mlops-Revision: b\r\nx_mlops_version: b\r\n"
            + "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nX-Forwarded-Host: evil\r\nTrailer: X-T\r\nX-Kept: yes\r\nX-Request-Id: client-7\r\n\r\n",
            Cancellation);

        var seen = backend.Seen.Single();
        seen.Target.Should().Be("/v2/models?x=1");
        seen.Headers.Should().Contain("X-Kept", "yes").And.Contain("Host", "delays.test").And.Contain("X-Forwarded-For", "127.0.0.1").And.Contain("x-request-id", "client-7");
        seen.Headers.Keys.Should().NotContain(name => name.StartsWith("x-mlops", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x_mlops", StringComparison.OrdinalIgnoreCase));
        seen.Headers.Should().NotContainKeys("X-Secret", "Forwarded", "X-Forwarded-Host", "Trailer", "Connection");
    }

    [Fact]
    public async Task Forged_headers_of_a_backend_do_not_reach_the_client()
    {
        await using var backend = await ModelBackend.StartAsync(context =>
        {
            context.Response.Headers["X-Mlops-Version"] = "forged";
            context.Response.Headers["x_mlops_revision"] = "forged";
            context.Response.Headers["X-Request-Id"] = "forged";
            context.Response.Headers["X-Secret"] = "1";
            context.Response.Headers["X-Kept"] = "yes";
            context.Response.Headers.Connection = "X-Secret";
            context.Response.Headers.Server = "model/1.0";
            return context.Response.WriteAsync("a", context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.Headers.GetValues("X-Mlops-Version").Should().Equal("model-a");
        answer.Headers.GetValues("X-Request-Id").Single().Should().NotBe("forged");
        answer.Headers.GetValues("X-Kept").Should().Equal("yes");
        answer.Headers.Select(header => header.Key).Should().NotContain(["x_mlops_revision", "X-Secret", "Server"]);
    }

    [Fact]
    public async Task The_version_is_named_only_where_the_route_says_so()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port, change: spec => spec with { ExposeVersion = false });

        using var answer = await gateway.GetAsync("/", Cancellation);

        answer.Headers.Contains("x-mlops-version").Should().BeFalse();
    }

    [Theory]
    [InlineData("trace-1.2_3:4/5+6=", true)]
    [InlineData("with space", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    public async Task A_request_id_is_kept_if_it_is_plain(string sent, bool kept)
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("x-request-id", sent);

        using var answer = await gateway.SendAsync(request, Cancellation);

        var id = answer.Headers.GetValues("x-request-id").Single();
        string.Equals(id, sent, StringComparison.Ordinal).Should().Be(kept);
        backend.Seen.Single().Headers["x-request-id"].Should().Be(id);
    }

    [Fact]
    public async Task A_request_id_that_is_too_long_is_replaced()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("x-request-id", new string('a', 129));

        using var answer = await gateway.SendAsync(request, Cancellation);

        answer.Headers.GetValues("x-request-id").Single().Should().HaveLength(32);
    }
}
