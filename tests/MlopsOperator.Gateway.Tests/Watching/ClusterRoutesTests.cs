using System.Globalization;
using System.Net;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Watching;

public sealed class ClusterRoutesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PD_99_Routes_come_from_the_api_follow_its_changes_and_stay_while_it_is_away()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        var api = new ScriptedApi();
        api.Lists["gatewayroutes"] = Route(backend.Port, version: 1, sequence: 1, host: "delays.test");
        api.Lists["endpointslices"] = Slice(version: 2);
        await using var gateway = await TestGateway.WatchingAsync(api);

        await Answers(gateway, "delays.test", HttpStatusCode.OK);
        (await gateway.TelemetryAsync("/readyz", Cancellation)).Status.Should().Be(HttpStatusCode.OK);
        api.Asked.Should().Contain(path => path.Contains("endpointslices", StringComparison.Ordinal) && path.Contains("labelSelector=mlops-operator.io%2Frevision", StringComparison.Ordinal));

        api.Send("gatewayroutes", "MODIFIED", Route(backend.Port, version: 101, sequence: 2, host: "moved.test"));
        await Answers(gateway, "moved.test", HttpStatusCode.OK);
        await Answers(gateway, "delays.test", HttpStatusCode.NotFound);

        // What cannot be decoded leaves the last good copy in effect.
        api.Send("gatewayroutes", "MODIFIED", Route(backend.Port, version: 102, sequence: 3, host: "moved.test").Replace("\"stable\"", "\"chief\"", StringComparison.Ordinal));
        api.Send("endpointslices", "DELETED", Slice(version: 103));
        await Answers(gateway, "moved.test", HttpStatusCode.ServiceUnavailable);

        api.Send("endpointslices", "ADDED", Slice(version: 104));
        await Answers(gateway, "moved.test", HttpStatusCode.OK);
        (await gateway.SettledScrapeAsync(Cancellation)).Sequence().Should().Be(2);

        api.GoAway();
        for (var round = 0; round < 20; round++)
        {
            using var answer = await gateway.GetAsync("/", Cancellation, host: "moved.test");
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Without_the_slices_a_gateway_is_not_ready()
    {
        var api = new ScriptedApi();
        api.GoAway();
        await using var gateway = await TestGateway.WatchingAsync(api);

        var (status, text) = await gateway.TelemetryAsync("/readyz", Cancellation);

        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        text.Should().Contain("GatewayRoutes and EndpointSlices");
    }

    private static Task Answers(TestGateway gateway, string host, HttpStatusCode status) => Eventually.Holds(
        async () =>
        {
            using var answer = await gateway.GetAsync("/", Cancellation, host: host);
            return answer.StatusCode == status;
        },
        $"{host} answers {status}",
        Cancellation);

    private static string Route(int port, int version, int sequence, string host) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"apiVersion":"mlops-operator.io/v1alpha1","kind":"GatewayRoute",
         "metadata":{"name":"delays","namespace":"models","uid":"u1","resourceVersion":"{{version}}","creationTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"sequence":{{sequence}},"hosts":["{{host}}"],"path":"/","salt":"s","timeout":"10s",
                 "backends":[{"role":"stable","revision":"a","modelVersion":"v1","service":"delays-a","port":{{port}},"weight":10000}] } }
        """).ReplaceLineEndings("");

    private static string Slice(int version) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
         "metadata":{"name":"delays-a-x","namespace":"models","uid":"s{{version}}","resourceVersion":"{{version}}",
                     "labels":{"kubernetes.io/service-name":"delays-a","mlops-operator.io/revision":"a"} },
         "endpoints":[{"addresses":["127.0.0.1"],"conditions":{"ready":true,"serving":true,"terminating":false} }] }
        """).ReplaceLineEndings("");
}
