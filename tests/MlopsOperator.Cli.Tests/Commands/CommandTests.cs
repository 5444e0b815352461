using System.Text.Json.Nodes;
using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Commands;
using MlopsOperator.Cli.Output;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Cli.Tests.Commands;

/// <summary>The program against a real HTTP server, with a kubeconfig as kubectl's. No operator runs: the test answers.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubectl-mlops-").FullName;
    private EmbeddedCluster _cluster = null!;

    private string Kubeconfig => Path.Combine(_folder, "config");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync(options =>
        {
            options.ApiOnly = true;
            options.Crds.FromFolder(Path.Combine(Root(), "crds"));
        }, Cancelled);
        await _cluster.ListenAsync(Kubeconfig, cancellationToken: Cancelled);
        await _cluster.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: prod}
            ---
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: delays, namespace: prod}
            spec: {modelVersionRef: {name: delays-v2}}
            """, Cancelled);
        var deployment = JsonNode.Parse((await _cluster.SendAsync("GET", "/apis/mlops-operator.io/v1alpha1/namespaces/prod/modeldeployments/delays", cancellationToken: Cancelled)).Body.Span)!;
        await _cluster.ApplyAsync($$$"""
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelRollout
            metadata:
              name: delays-2
              namespace: prod
              labels: {mlops-operator.io/deployment: delays}
              ownerReferences: [{apiVersion: mlops-operator.io/v1alpha1, kind: ModelDeployment, name: delays, uid: {{{deployment["metadata"]!["uid"]}}}}]
            spec: {deployment: delays, number: 2, strategy: {canary: {}}, from: {revision: a, modelVersion: delays-v1}, to: {revision: b, modelVersion: delays-v2}}
            """, Cancelled);
        (await PatchAsync("modelrollouts", "delays-2", """{"status":{"phase":"Progressing","step":{"index":3,"name":"wait 5m"},"columns":{"step":"4/11","weight":"10%"}}}""")).Should().Be(200);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Status_reads_the_cluster_that_the_kubeconfig_names()
    {
        var (code, output, _) = await RunAsync("status", "delays", "-n", "prod");

        code.Should().Be(ExitCodes.Done);
        output.Should().Contain("delays-v2 at 10%, delays-2 Progressing, step 4/11 (wait 5m)").And.NotContain("\u001b");
    }

    [Theory]
    [InlineData("Honoured", ExitCodes.Done)]
    [InlineData("Refused", ExitCodes.Failed)]
    public async Task A_request_is_created_and_its_answer_is_what_the_program_ends_with(string phase, int expected)
    {
        var answering = AnswerAsync(phase);
        var (code, output, error) = await RunAsync("promote", "delays", "-n", "prod", "--by", "jane", "--reason", "looks fine", "--timeout", "60s");
        var spec = await answering;

        code.Should().Be(expected);
        output.Should().Contain($"{phase}: as it was asked");
        error.Should().Contain("RolloutRequest delays-promote-");
        ((int?)spec["step"]).Should().Be(4);
        ((string?)spec["requestedBy"]).Should().Be("jane");
        ((string?)spec["rollout"]!["name"]).Should().Be("delays-2");
    }

    [Fact]
    public async Task A_request_that_nobody_answers_runs_into_its_time()
    {
        var (code, _, error) = await RunAsync("pause", "delays", "-n", "prod", "--timeout", "300ms");
        code.Should().Be(ExitCodes.TimedOut);
        error.Should().Contain("has not been answered").And.Contain("kubectl get rreq delays-pause-");
    }

    [Fact]
    public async Task A_dry_run_prints_the_request_and_creates_none()
    {
        var (code, output, _) = await RunAsync("abort", "delays", "-n", "prod", "--dry-run");
        code.Should().Be(ExitCodes.Done);
        ((string?)JsonNode.Parse(output)!["spec"]!["action"]).Should().Be(nameof(RequestAction.Abort));
        (await RequestsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_unreachable_or_mistyped_has_its_own_code()
    {
        (await RunAsync("status", "dealys", "-n", "prod")).Code.Should().Be(ExitCodes.Failed);
        (await RunAsync("status")).Code.Should().Be(ExitCodes.Usage);
        (await RunAsync("status", "delays", "--for", "ever")).Code.Should().Be(ExitCodes.Usage);
        (await RunAsync("pause", "delays", "--timeout", "soon")).Code.Should().Be(ExitCodes.Usage);
        (await RunAsync("status", "delays", "--context", "nowhere")).Code.Should().Be(ExitCodes.Unreachable);
        await _cluster.DisposeAsync();
        (await RunAsync("status", "delays", "-n", "prod")).Code.Should().Be(ExitCodes.Unreachable);
    }

    [Fact]
    public async Task A_wait_ends_by_itself_where_a_person_is_waited_for()
    {
        (await PatchAsync("modelrollouts", "delays-2", """{"status":{"holds":[{"name":"Approval","reason":"approval of step 4","since":"2026-03-01T12:00:00Z"}]}}""")).Should().Be(200);
        (await PatchAsync("modeldeployments", "delays", """{"status":{"observedGeneration":1}}""")).Should().Be(200);

        var (code, _, error) = await RunAsync("status", "delays", "-n", "prod", "--watch", "--timeout", "60s");

        code.Should().Be(ExitCodes.WaitsForPerson);
        error.Should().Contain("delays: delays-2 Progressing, step 4/11 (wait 5m), weight 10%");
        (await RunAsync("status", "delays", "-n", "prod", "--for", "promoted", "--timeout", "0s")).Code.Should().Be(ExitCodes.TimedOut);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlopsOperator.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await new CommandTree(new Screen(output, error, console: null), TimeProvider.System).RunAsync([.. arguments, "--kubeconfig", Kubeconfig], Cancelled);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Plays the operator for the first request that comes; gives its spec.</summary>
    private async Task<JsonNode> AnswerAsync(string phase)
    {
        var created = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.OnWrite(write =>
        {
            if (write.Resource.StartsWith("rolloutrequests", StringComparison.Ordinal))
            {
                created.TrySetResult(write.Name);
            }
        });
        var name = await created.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancelled);
        var status = new JsonObject { ["status"] = new JsonObject { ["observedGeneration"] = 1, ["phase"] = phase, ["message"] = "as it was asked" } };
        (await PatchAsync("rolloutrequests", name, status.ToJsonString())).Should().Be(200);
        return (await RequestsAsync()).Single()!["spec"]!;
    }

    private async Task<JsonArray> RequestsAsync() =>
        JsonNode.Parse((await _cluster.SendAsync("GET", "/apis/mlops-operator.io/v1alpha1/namespaces/prod/rolloutrequests", cancellationToken: Cancelled)).Body.Span)!["items"]!.AsArray();

    private async Task<int> PatchAsync(string plural, string name, string status) => (await _cluster.SendAsync(
        "PATCH", $"/apis/mlops-operator.io/v1alpha1/namespaces/prod/{plural}/{name}/status", System.Text.Encoding.UTF8.GetBytes(status), "application/merge-patch+json", cancellationToken: Cancelled)).Status;
}
