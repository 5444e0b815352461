using System.Text;

namespace MlopsOperator.DevCluster.Tests.Kinds;

public sealed class JobRulesTests
{
    private const string Path = "/apis/batch/v1/namespaces/default/jobs";

    [Fact]
    public async Task The_template_of_a_job_stays_as_it_is()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Path, Job());

        var changed = await cluster.MergeAsync(Path + "/j", """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"i:2"}]}}}}""");
        var completions = await cluster.MergeAsync(Path + "/j", """{"spec":{"completions":2}}""");
        var parallelism = await cluster.MergeAsync(Path + "/j", """{"spec":{"parallelism":2}}""");

        (changed.Status, (string?)changed.Body["details"]!["causes"]![0]!["field"]).Should().Be((422, "spec.template"));
        ((string?)completions.Body["message"]).Should().Be("Job.batch \"j\" is invalid: spec.completions: Invalid value: 2: field is immutable");
        parallelism.Status.Should().Be(200);
    }

    [Fact]
    public async Task A_job_that_has_not_begun_may_still_be_placed_elsewhere()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Path, Job("\"suspend\":true,"));

        var placed = await cluster.MergeAsync(Path + "/j", """{"spec":{"template":{"spec":{"nodeSelector":{"disk":"fast"}}}}}""");
        var changed = await cluster.MergeAsync(Path + "/j", """{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1}}}}""");

        (placed.Status, changed.Status).Should().Be((200, 422));
    }

    [Theory]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":2,", "Indexed")]
    [InlineData("\"backoffLimitPerIndex\":1,", "spec.backoffLimitPerIndex")]
    [InlineData("\"podFailurePolicy\":{\"rules\":[]},", "spec.podFailurePolicy")]
    [InlineData("\"successPolicy\":{\"rules\":[]},", "spec.successPolicy")]
    public async Task What_no_controller_does_is_refused_by_name(string spec, string name)
    {
        await using var cluster = await StartAsync();

        var refused = await cluster.CallAsync("POST", Path, Job(spec));

        refused.Status.Should().Be(501);
        ((string?)refused.Body["message"]).Should().Contain(name);
    }

    [Fact]
    public async Task Amounts_below_zero_are_refused()
    {
        await using var cluster = await StartAsync();

        var refused = await cluster.CallAsync("POST", Path, Job("\"backoffLimit\":-1,"));

        ((string?)refused.Body["message"]).Should().Be("Job.batch \"j\" is invalid: spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0");
    }

    [Fact]
    public async Task A_delete_that_says_nothing_of_the_pods_warns_that_they_stay()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Path, Job());
        var cancelled = TestContext.Current.CancellationToken;

        var silent = await cluster.SendAsync("DELETE", Path + "/j", cancellationToken: cancelled);
        var told = await cluster.SendAsync("DELETE", Path + "/j", Encoding.UTF8.GetBytes("""{"propagationPolicy":"Background"}"""), cancellationToken: cancelled);

        silent.Warnings.Should().ContainSingle().Which.Should().StartWith("child pods are preserved by default when jobs are deleted");
        told.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task Jobs_are_found_by_how_many_of_their_pods_succeeded()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Path, Job());
        await cluster.MergeAsync(Path + "/j/status", """{"status":{"succeeded":1}}""");

        var one = await cluster.CallAsync("GET", Path + "?fieldSelector=status.successful%3D1");
        var none = await cluster.CallAsync("GET", Path + "?fieldSelector=status.successful%3D0");

        (one.Body["items"]!.AsArray().Count, none.Body["items"]!.AsArray().Count).Should().Be((1, 0));
    }

    private static Task<EmbeddedCluster> StartAsync() => EmbeddedCluster.StartAsync(o => o.ApiOnly = true, TestContext.Current.CancellationToken);

    private static string Job(string spec = "") =>
        $$$$$"""{"metadata":{"name":"j"},"spec":{{{{{{spec}}}}}"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i:1"}]}}}}""";
}
