using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Controllers.Jobs;
using MlopsOperator.DevCluster.Nodes;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class JobTests
{
    [Fact]
    public async Task As_many_pods_run_at_a_time_as_may_and_until_enough_have_succeeded()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(5)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "parallelism":2,"completions":3 """));
        await cluster.SettleAsync();
        var first = await cluster.GetAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(6));
        var second = await cluster.GetAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        Counts(first).Should().Be((2, 0, 0));
        Counts(second).Should().Be((1, 2, 0));
        Counts(job).Should().Be((0, 3, 0));
        job.HasCondition("SuccessCriteriaMet").Should().BeTrue();
        job.Condition("Complete").Text("reason").Should().Be("CompletionsReached");
        job.Child("status").Time("completionTime").Should().BeAfter(job.Child("status").Time("startTime")!.Value);
        (await PodsAsync(cluster)).Should().HaveCount(3).And.OnlyContain(pod => pod.IsControlledBy(job) && !JobPods.IsTracked(pod));
        (await cluster.EventsAsync("SuccessfulCreate")).Should().HaveCount(3);
        (await cluster.EventsAsync("Completed")).Should().Equal("Job completed");
    }

    [Fact]
    public async Task Without_completions_the_first_success_lets_the_others_end()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(5)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "parallelism":2 """));
        await cluster.PassAsync(TimeSpan.FromSeconds(20));

        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        Counts(job).Should().Be((0, 2, 0));
        job.HasCondition("Complete").Should().BeTrue();
    }

    [Fact]
    public async Task Pods_that_fail_are_replaced_after_growing_pauses_until_the_limit_is_passed()
    {
        await using var cluster = await StartAsync(pod => pod.CrashesAfter(TimeSpan.FromSeconds(1)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "backoffLimit":2 """));
        await cluster.PassAsync(TimeSpan.FromSeconds(9));
        var one = await cluster.GetAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));
        var two = await cluster.GetAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Counts(one).Should().Be((0, 0, 1));
        Counts(two).Should().Be((0, 0, 2));
        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        Counts(job).Should().Be((0, 0, 3));
        job.Condition("FailureTarget").Text("reason").Should().Be("BackoffLimitExceeded");
        (job.Condition("Failed").Text("reason"), job.Condition("Failed").Text("message")).Should().Be(("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        job.Child("status").Text("completionTime").Should().BeNull();
        (await cluster.EventsAsync("BackoffLimitExceeded")).Should().ContainSingle();
        (await PodsAsync(cluster)).Should().HaveCount(3);
    }

    [Fact]
    public async Task Containers_that_are_restarted_in_their_pod_count_against_the_limit_too()
    {
        await using var cluster = await StartAsync(pod => pod.CrashesAfter(TimeSpan.FromSeconds(1)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "backoffLimit":2 """, restartPolicy: "OnFailure"));
        await cluster.PassAsync(TimeSpan.FromMinutes(3));

        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        job.Condition("Failed").Text("reason").Should().Be("BackoffLimitExceeded");
        (await cluster.EventsAsync("SuccessfulDelete")).Should().ContainSingle();
        Counts(job).Active.Should().Be(0);
        (await PodsAsync(cluster)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_past_its_deadline_fails_and_its_pods_go()
    {
        await using var cluster = await StartAsync(_ => { });
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "activeDeadlineSeconds":20 """));
        await cluster.PassAsync(TimeSpan.FromSeconds(19));
        var before = await cluster.GetAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        Counts(before).Should().Be((1, 0, 0));
        (await cluster.GetAsync(ResourceId.Jobs, "j")).Condition("Failed").Text("reason").Should().Be("DeadlineExceeded");
        (await PodsAsync(cluster)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_suspended_job_has_no_pods_and_its_time_does_not_run()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(5)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "suspend":true,"activeDeadlineSeconds":60 """));
        await cluster.PassAsync(TimeSpan.FromMinutes(2));
        var held = await cluster.GetAsync(ResourceId.Jobs, "j");
        var podsOfHeld = (await PodsAsync(cluster)).Count;
        await cluster.PatchAsync(ResourceId.Jobs, "j", """{"spec":{"suspend":false}}""");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        (podsOfHeld, held.Child("status").Text("startTime")).Should().Be((0, null));
        held.Condition("Suspended").Text("reason").Should().Be("JobSuspended");
        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        job.HasCondition("Complete").Should().BeTrue();
        (job.Condition("Suspended").Text("status"), job.Condition("Suspended").Text("reason")).Should().Be(("False", "JobResumed"));
        (await cluster.EventsAsync("Resumed")).Should().Equal("Job resumed");
    }

    [Fact]
    public async Task A_success_is_counted_although_the_pod_is_deleted_at_once()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(2)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "completions":2 """));
        for (var i = 0; i < 12; i++)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(1));
            foreach (var pod in (await PodsAsync(cluster)).Where(JobPods.HasSucceeded))
            {
                await cluster.DeleteAsync(ResourceId.Pods, pod.Name());
            }
        }

        Counts(await cluster.GetAsync(ResourceId.Jobs, "j")).Should().Be((0, 2, 0));
        (await cluster.EventsAsync("SuccessfulCreate")).Should().HaveCount(2);
        (await PodsAsync(cluster)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_pod_that_somebody_deletes_counts_as_failed_and_is_replaced()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(8)));
        await cluster.CreateAsync(ResourceId.Jobs, Job("{}"));
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        await cluster.DeleteAsync(ResourceId.Pods, (await PodsAsync(cluster))[0].Name());
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        var job = await cluster.GetAsync(ResourceId.Jobs, "j");
        Counts(job).Should().Be((0, 1, 1));
        job.HasCondition("Complete").Should().BeTrue();
        (await PodsAsync(cluster)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_finished_job_goes_with_its_pods_when_its_time_is_over()
    {
        await using var cluster = await StartAsync(pod => pod.CompletesAfter(TimeSpan.FromSeconds(1)));
        await cluster.CreateAsync(ResourceId.Jobs, Job(""" "ttlSecondsAfterFinished":30 """));
        await cluster.PassAsync(TimeSpan.FromSeconds(25));
        var kept = await cluster.FindAsync(ResourceId.Jobs, "j");
        await cluster.PassAsync(TimeSpan.FromSeconds(15));

        kept!.HasCondition("Complete").Should().BeTrue();
        (await cluster.FindAsync(ResourceId.Jobs, "j")).Should().BeNull();
        (await PodsAsync(cluster)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Background", 0)]
    [InlineData("Foreground", 0)]
    [InlineData("Orphan", 1)]
    [InlineData(null, 1)]
    public async Task A_job_takes_its_pods_along_only_if_it_is_told_to(string? propagation, int left)
    {
        await using var cluster = await StartAsync(_ => { });
        await cluster.CreateAsync(ResourceId.Jobs, Job("{}"));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Jobs, "j", propagation: propagation);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        (await cluster.FindAsync(ResourceId.Jobs, "j")).Should().BeNull();
        (await PodsAsync(cluster)).Should().HaveCount(left).And.NotContain(pod => JobPods.IsTracked(pod) || pod.Controller() != null);
    }

    [Fact]
    public async Task A_job_that_an_owner_leaves_behind_goes_with_its_pods()
    {
        await using var cluster = await StartAsync(_ => { });
        var owner = await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"owner","namespace":"default"}}""");
        var job = (JsonObject)JsonNode.Parse(Job("{}"))!;
        job["metadata"]!["ownerReferences"] = new JsonArray(ResourceId.ConfigMaps.ControllerReference(owner));
        await cluster.CreateAsync(ResourceId.Jobs, job.ToJsonString());
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.ConfigMaps, "owner");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        (await cluster.FindAsync(ResourceId.Jobs, "j")).Should().BeNull();
        (await PodsAsync(cluster)).Should().BeEmpty();
    }

    [Fact]
    public void An_end_is_counted_once_wherever_the_controller_is_stopped()
    {
        var job = (JsonObject)JsonNode.Parse("""{"metadata":{"name":"j","uid":"job"},"spec":{"parallelism":1,"completions":2,"backoffLimit":6},"status":{}}""")!;
        var pod = Pod("p", "Succeeded", JobPods.Finalizer);

        // Noted, and noted again after a crash before the finalizer went; counted when it is gone, and counted no more after that.
        var noted = After(job, pod);
        var again = After(noted, pod);
        var counted = After(again, Pod("p", "Succeeded"));
        var later = After(counted, Pod("p", "Succeeded"));

        noted["status"]!.ToJsonString().Should().Contain("""{"succeeded":["p"]}""").And.NotContain("\"succeeded\":1");
        JsonNode.DeepEquals(noted["status"], again["status"]).Should().BeTrue();
        (counted.Child("status").Number("succeeded"), counted["status"]!["uncountedTerminatedPods"]!.ToJsonString()).Should().Be((1, "{}"));
        JsonNode.DeepEquals(counted["status"], later["status"]).Should().BeTrue();
        After(noted, null).Child("status").Number("succeeded").Should().Be(1, "a pod that is gone has lost its finalizer");
    }

    private static JsonObject After(JsonObject job, JsonObject? pod)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var state = new JobState(job, new JobPods(job, pod is null ? [] : [pod]), now);
        state.Decide();
        state.Suspend();
        state.Finish(0);
        var after = (JsonObject)job.DeepClone();
        after["status"] = state.Status.DeepClone();
        return after;
    }

    private static JsonObject Pod(string uid, string phase, string? finalizer = null)
    {
        var pod = (JsonObject)JsonNode.Parse($$$"""{"metadata":{"name":"p","uid":"{{{uid}}}","ownerReferences":[{"kind":"Job","name":"j","uid":"job","controller":true}]},"status":{"phase":"{{{phase}}}"}}""")!;
        if (finalizer is not null)
        {
            pod["metadata"]!["finalizers"] = new JsonArray(finalizer);
        }

        return pod;
    }

    private static Task<RunningCluster> StartAsync(Action<PodRule> rule) => RunningCluster.StartAsync(pods => pods.Default(rule));

    private static (int Active, int Succeeded, int Failed) Counts(JsonObject job)
    {
        var status = job.Child("status");
        return (status.Number("active") ?? 0, status.Number("succeeded") ?? 0, status.Number("failed") ?? 0);
    }

    private static Task<IReadOnlyList<JsonObject>> PodsAsync(RunningCluster cluster) => cluster.ListAsync(ResourceId.Pods, "job-name=j");

    private static string Job(string spec, string restartPolicy = "Never")
    {
        var job = (JsonObject)JsonNode.Parse($$$$$"""
            {"metadata":{"name":"j","namespace":"default"},"spec":{"template":{"spec":{"restartPolicy":"{{{{{restartPolicy}}}}}","containers":[{"name":"main","image":"i:1"}]}}}}
            """)!;
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(spec.StartsWith('{') ? spec : $"{{{spec}}}")!)
        {
            job["spec"]![name] = value?.DeepClone();
        }

        return job.ToJsonString();
    }
}
