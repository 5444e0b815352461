using System.Globalization;
using MlopsOperator.Demo.Processes;
using MlopsOperator.Demo.Soak;

namespace MlopsOperator.Demo.Tests.Soak;

public sealed class ProcessSamplerTests
{
    private const string Metrics = """
        # TYPE dotnet_timers gauge
        dotnet_timers 12
        dotnet_timers_more 99
        dotnet_heap_after_collection_bytes{model="delays",version="2"} 1048576
        """;

    [Fact]
    public async Task A_process_that_lives_is_read_with_all_its_figures()
    {
        using var sampler = new ProcessSampler();

        var own = (await sampler.SampleAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Single(sample => sample.Process is ProcessSampler.Own);

        own.At.Should().Be(TimeSpan.FromSeconds(5));
        own.ResidentMiB.Should().BeInRange(20, 4_000);
        own.HeapMiB.Should().NotBeNull();
        own.Threads.Should().BePositive();
        own.Handles.Should().BePositive();
        own.Timers.Should().NotBeNull();
    }

    [Fact]
    public void A_handle_more_is_a_handle_more()
    {
        var before = Read().Handles;

        var files = Enumerable.Range(0, 50).Select(_ => File.OpenRead("/dev/null")).ToList();
        var after = Read().Handles;
        files.ForEach(file => file.Dispose());

        (after - before).Should().BeInRange(40, 200);
    }

    [Fact]
    public void A_process_that_is_gone_has_no_figures() => ProcessSampler.Read(TimeSpan.Zero, int.MaxValue, "gone").Should().BeNull();

    [Fact]
    public void A_metric_is_found_by_its_whole_name_with_and_without_labels()
    {
        ProcessSampler.Value(Metrics, "dotnet_timers").Should().Be(12);
        ProcessSampler.Value(Metrics, "dotnet_heap_after_collection_bytes").Should().Be(1_048_576);
        ProcessSampler.Value(Metrics, "dotnet").Should().BeNull();
    }

    [Fact]
    public void Variables_and_arguments_of_a_process_are_read_and_those_of_one_that_is_gone_are_empty()
    {
        ProcessTree.Variable(Environment.ProcessId, "PATH").Should().NotBeEmpty();
        ProcessTree.Variable(int.MaxValue, "PATH").Should().BeEmpty();
        ProcessTree.CommandLine(Environment.ProcessId).Should().NotBeEmpty();
        ProcessTree.IsAlive(Environment.ProcessId).Should().BeTrue();
    }

    private static ProcessSample Read() => ProcessSampler.Read(TimeSpan.Zero, Environment.ProcessId, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))!.Value;
}
