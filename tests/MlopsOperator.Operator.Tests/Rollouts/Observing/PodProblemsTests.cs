using k8s.Models;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Tests.Rollouts.Observing;

public sealed class PodProblemsTests
{
    [Fact]
    public void A_pod_on_its_way_up_has_no_problem()
    {
        var pod = Pod("a", container: Waiting("server", "ContainerCreating"));

        PodProblems.First([pod]).Should().BeNull();
        PodProblems.Fatal([pod]).Should().BeNull();
        PodProblems.Unschedulable([pod]).Should().BeNull();
    }

    [Fact]
    public void An_unknown_image_is_named_with_the_kubelets_words() =>
        PodProblems.First([Pod("a", container: Waiting("server", "ErrImagePull", "image 'x' is not known; known are: y"))])
            .Should().Be("pod a, container server: ErrImagePull: image 'x' is not known; known are: y");

    [Fact]
    public void A_crash_loop_says_how_the_last_run_ended()
    {
        var status = Waiting("server", "CrashLoopBackOff", "back-off 10s");
        status.LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 137, Message = "out of memory" } };

        PodProblems.First([Pod("a", container: status)]).Should().Be("pod a, container server: CrashLoopBackOff: ended with exit code 137: out of memory");
    }

    [Fact]
    public void A_digest_mismatch_is_fatal_and_told_in_the_fetchers_words()
    {
        var fetcher = new V1ContainerStatus
        {
            Name = "fetch-model",
            State = new V1ContainerState
            {
                Terminated = new V1ContainerStateTerminated
                {
                    ExitCode = 10,
                    Message = """{"reason":"ArtifactMismatch","expected":"sha256:aa","got":"sha256:bb"}""",
                },
            },
        };

        PodProblems.Fatal([Pod("a", init: fetcher)]).Should().Be("ArtifactMismatch: expected sha256:aa, got sha256:bb");
    }

    [Fact]
    public void Text_of_a_pod_that_is_odd_JSON_stops_nothing()
    {
        var status = Waiting("server", "CrashLoopBackOff");
        status.LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 1, Message = """{"reason":"a","reason":"b"}""" } };

        PodProblems.First([Pod("a", container: status)]).Should().Contain("ended with exit code 1");
    }

    [Fact]
    public void A_fetcher_that_may_be_tried_again_is_not_fatal()
    {
        var fetcher = Waiting("fetch-model", "CrashLoopBackOff");
        fetcher.LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 20, Message = "no route to host" } };

        PodProblems.Fatal([Pod("a", init: fetcher)]).Should().BeNull();
        PodProblems.First([Pod("a", init: fetcher)]).Should().Contain("no route to host");
    }

    [Fact]
    public void The_schedulers_text_is_passed_on()
    {
        var pod = Pod("a");
        pod.Status.Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = "0/1 nodes are available" }];

        PodProblems.Unschedulable([pod]).Should().Be("0/1 nodes are available");
    }

    private static V1Pod Pod(string name, V1ContainerStatus? container = null, V1ContainerStatus? init = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Status = new V1PodStatus
        {
            ContainerStatuses = container is null ? null : [container],
            InitContainerStatuses = init is null ? null : [init],
        },
    };

    private static V1ContainerStatus Waiting(string name, string reason, string? message = null) => new()
    {
        Name = name,
        State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } },
    };
}
