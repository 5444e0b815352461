namespace MlopsOperator.Fetcher.Tests.Commands;

public sealed class FetchCommandTests : IDisposable
{
    private readonly FetcherRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task An_artifact_that_is_as_declared_is_put_in_place_and_reported()
    {
        var content = FetcherRun.Content(3_000_000);
        run.Write("models/model.onnx", content);

        var code = await run.FetchAsync("file:///models/model.onnx", FetcherRun.DigestOf(content), "3000000");

        code.Should().Be(0);
        (await File.ReadAllBytesAsync(run.Target, TestContext.Current.CancellationToken)).Should().Equal(content);
        run.Report.ToJsonString().Should().Be($$"""{"uri":"file:///models/model.onnx","digest":"{{FetcherRun.DigestOf(content)}}","bytes":3000000}""");
        run.Output.TrimEnd().Should().Be(run.Report.ToJsonString(), "what cannot be written to the termination log is read from the container's log");
    }

    [Fact]
    public async Task Without_a_digest_what_was_found_is_reported()
    {
        var content = FetcherRun.Content(100);
        run.Write("model.onnx", content);

        (await run.FetchAsync("file:///model.onnx")).Should().Be(0);

        ((string?)run.Report["digest"]).Should().Be(FetcherRun.DigestOf(content));
        ((long)run.Report["bytes"]!).Should().Be(100);
    }

    [Fact]
    public async Task Without_a_digest_a_second_run_brings_what_is_there_now()
    {
        run.Write("model.onnx", FetcherRun.Content(100));
        await run.FetchAsync("file:///model.onnx");
        run.Write("model.onnx", FetcherRun.Content(120));

        (await run.FetchAsync("file:///model.onnx")).Should().Be(0);

        new FileInfo(run.Target).Length.Should().Be(120);
    }

    [Fact]
    public async Task Another_digest_is_a_mismatch_and_nothing_is_put_in_place()
    {
        var content = FetcherRun.Content(100);
        var other = FetcherRun.DigestOf([1]);
        run.Write("model.onnx", content);

        (await run.FetchAsync("file:///model.onnx", other, "100")).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("ArtifactMismatch");
        ((string?)run.Report["expected"]).Should().Be(other);
        ((string?)run.Report["got"]).Should().Be(FetcherRun.DigestOf(content));
        ((string?)run.Report["message"]).Should().Contain(other).And.Contain(FetcherRun.DigestOf(content));
        Directory.GetFileSystemEntries(run.TargetFolder).Should().BeEmpty("a partial file must not stay either");
    }

    [Theory]
    [InlineData("99", "too large")]
    [InlineData("101", "too short")]
    public async Task Another_size_is_a_mismatch(string declared, string expected)
    {
        var content = FetcherRun.Content(100);
        run.Write("model.onnx", content);

        (await run.FetchAsync("file:///model.onnx", FetcherRun.DigestOf(content), declared)).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("ArtifactMismatch");
        ((string?)run.Report["message"]).Should().Contain(expected).And.Contain($"{declared} bytes");
        File.Exists(run.Target).Should().BeFalse();
    }

    [Fact]
    public async Task Reading_stops_one_byte_after_the_declared_size()
    {
        run.Write("model.onnx", FetcherRun.Content(5_000_000));

        (await run.FetchAsync("file:///model.onnx", size: "10")).Should().Be(10);

        ((long)run.Report["bytes"]!).Should().Be(11);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        run.Write("model.onnx", []);

        (await run.FetchAsync("file:///model.onnx")).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("ArtifactEmpty");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_with_the_folder_that_was_searched()
    {
        (await run.FetchAsync("file:///models/none.onnx")).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("ArtifactNotFound");
        ((string?)run.Report["message"]).Should().Contain("file:///models/none.onnx").And.Contain(run.Root);
    }

    [Fact]
    public async Task An_unknown_scheme_lists_what_is_known_and_shows_no_secret()
    {
        (await run.FetchAsync("s3://key:secret@bucket/model.onnx?X-Amz-Signature=secret")).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("UnknownScheme");
        ((string?)run.Report["uri"]).Should().Be("s3://bucket/model.onnx");
        ((string?)run.Report["message"]).Should().Contain("\"s3\"").And.Contain("Known schemes: file.");
        (run.Output + run.Errors).Should().NotContain("secret");
    }

    [Theory]
    [InlineData("sha256:12")]
    [InlineData("md5:00000000000000000000000000000000")]
    [InlineData("sha256:zz60247c226e1ad29338a8ed43c5f64bf3d465722e08ce8d5370b19471a42b35")]
    [InlineData("")]
    public async Task A_malformed_digest_is_refused_before_anything_is_read(string digest)
    {
        (await run.FetchAsync("file:///model.onnx", digest)).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("InvalidArgument");
        ((string?)run.Report["message"]).Should().StartWith("--digest: found").And.Contain("64 hexadecimal digits");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task A_malformed_size_is_refused(string size)
    {
        (await run.FetchAsync("file:///model.onnx", size: size)).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("InvalidArgument");
        ((string?)run.Report["message"]).Should().StartWith("--size: found");
    }

    [Fact]
    public async Task A_digest_in_upper_case_is_the_same_digest()
    {
        var content = FetcherRun.Content(10);
        run.Write("model.onnx", content);

        (await run.FetchAsync("file:///model.onnx", "sha256:" + FetcherRun.DigestOf(content)[7..].ToUpperInvariant())).Should().Be(0);
    }

    [Fact]
    public async Task A_missing_argument_is_reported_like_any_other_failure()
    {
        (await run.RunAsync(["--target", run.Target])).Should().Be(10);

        ((string?)run.Report["reason"]).Should().Be("InvalidArgument");
        ((string?)run.Report["message"]).Should().Contain("--uri");
    }

    [Fact]
    public async Task A_termination_log_that_nobody_prepared_is_not_left_behind()
    {
        run.Write("model.onnx", FetcherRun.Content(10));

        (await run.RunAsync(["--uri", "file:///model.onnx", "--target", run.Target], createsTerminationMessage: false)).Should().Be(0);

        File.Exists(run.TerminationMessagePath).Should().BeFalse();
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_does_not_fail_the_fetch()
    {
        run.Write("model.onnx", FetcherRun.Content(10));
        Directory.CreateDirectory(run.TerminationMessagePath);

        (await run.FetchAsync("file:///model.onnx")).Should().Be(0);

        run.Errors.Should().Contain("could not be written");
    }

    [Fact]
    public async Task A_fetcher_that_is_told_to_stop_leaves_nothing_and_asks_for_another_try()
    {
        run.Write("model.onnx", FetcherRun.Content(100));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        (await run.FetchAsync("file:///model.onnx", token: stopped.Token)).Should().Be(20);

        ((string?)run.Report["reason"]).Should().Be("Interrupted");
        File.Exists(run.Target).Should().BeFalse();
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_asks_for_another_try()
    {
        run.Write("model.onnx", FetcherRun.Content(100));
        await File.WriteAllTextAsync(run.TargetFolder, "a file where the folder should be", TestContext.Current.CancellationToken);

        (await run.FetchAsync("file:///model.onnx")).Should().Be(20);

        ((string?)run.Report["reason"]).Should().Be("TransferFailed");
    }

    [Fact]
    public async Task An_artifact_that_cannot_fit_is_refused_before_it_is_copied()
    {
        run.Write("model.onnx", FetcherRun.Content(100));

        (await run.FetchAsync("file:///model.onnx", size: "9000000000000000000")).Should().Be(20);

        ((string?)run.Report["reason"]).Should().Be("NoSpace");
        ((string?)run.Report["message"]).Should().Contain("needs 9000000000000000000");
    }
}
