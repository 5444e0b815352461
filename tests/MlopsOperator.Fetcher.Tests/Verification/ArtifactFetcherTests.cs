namespace MlopsOperator.Fetcher.Tests.Verification;

public sealed class ArtifactFetcherTests : IDisposable
{
    private readonly FetcherRun run = new();
    private readonly byte[] content = FetcherRun.Content(2_500_000);

    public ArtifactFetcherTests() => run.Write("model.onnx", content);

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_second_run_verifies_what_is_there_and_is_done()
    {
        await Fetch();
        File.Delete(Path.Combine(run.Root, "model.onnx"));

        (await Fetch()).Should().Be(0, "the source is not needed any more");

        ((long)run.Report["bytes"]!).Should().Be(content.Length);
        run.Errors.Should().Contain("was in place");
    }

    [Fact]
    public async Task What_was_damaged_since_is_fetched_again()
    {
        await Fetch();
        var damaged = content.ToArray();
        damaged[1_000_000] ^= 1;
        File.Delete(run.Target);
        await File.WriteAllBytesAsync(run.Target, damaged, TestContext.Current.CancellationToken);

        (await Fetch()).Should().Be(0);

        (await File.ReadAllBytesAsync(run.Target, TestContext.Current.CancellationToken)).Should().Equal(content);
    }

    [Fact]
    public async Task What_a_killed_run_left_half_way_is_overwritten()
    {
        Directory.CreateDirectory(run.TargetFolder);
        var partial = Path.Combine(run.TargetFolder, ".partial-" + FetcherRun.DigestOf(content)[7..]);
        await File.WriteAllBytesAsync(partial, new byte[10], TestContext.Current.CancellationToken);

        (await Fetch()).Should().Be(0);

        Directory.GetFiles(run.TargetFolder).Should().Equal(run.Target);
    }

    [Fact]
    public async Task The_artifact_can_be_read_and_not_written_by_any_user()
    {
        await Fetch();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(run.Target).Should().Be(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private Task<int> Fetch() => run.FetchAsync("file:///model.onnx", FetcherRun.DigestOf(content), $"{content.Length}");
}
