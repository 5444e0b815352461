using System.CommandLine;
using System.Globalization;
using MlopsOperator.Fetcher.Reports;
using MlopsOperator.Fetcher.Sources;
using MlopsOperator.Fetcher.Verification;
using static System.FormattableString;

namespace MlopsOperator.Fetcher.Commands;

/// <summary>The command line: fetches one artifact, verifies it, and reports in one line of JSON.</summary>
/// <param name="environment">What was read from the environment.</param>
/// <param name="output">Receives the report.</param>
/// <param name="errors">Receives sentences for people.</param>
internal sealed class FetchCommand(FetcherEnvironment environment, TextWriter output, TextWriter errors)
{
    private readonly Option<string> uri = new("--uri") { Description = "Where the artifact is, such as file:///models/2/model.onnx.", Required = true };
    private readonly Option<string?> digest = new("--digest") { Description = "sha256: and 64 hexadecimal digits. Without it, what is found is reported." };
    private readonly Option<string?> size = new("--size") { Description = "Size in bytes. Reading stops one byte later." };
    private readonly Option<string> target = new("--target") { Description = "File to put the artifact in.", Required = true };

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Fetches a model artifact, verifies its size and SHA-256, and puts it in place.") { uri, digest, size, target };
        root.SetAction((result, token) => FetchAsync(result, token));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var message = string.Join(' ', parsed.Errors.Select(error => error.Message));
            return await FailAsync(null, null, new ArtifactException(FailureReasons.InvalidArgument, message));
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, ProcessTerminationTimeout = null }, cancellationToken);
    }

    private async Task<int> FetchAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = parsed.GetRequiredValue(uri);
        var declared = parsed.GetValue(digest);
        try
        {
            var request = new FetchRequest(address, ParseDigest(declared), ParseSize(parsed.GetValue(size)), parsed.GetRequiredValue(target));
            var sources = new ArtifactSources([new FileArtifactSource(environment.FileRoot)]);
            var fetched = await new ArtifactFetcher(sources).FetchAsync(request, cancellationToken);
            await ReportAsync(new FetchReport { Uri = ReportedUri.Of(address), Digest = fetched.Digest.ToString(), Bytes = fetched.Bytes });
            await errors.WriteLineAsync(Invariant($"{ReportedUri.Of(address)}: {fetched.Bytes} bytes, {fetched.Digest}, {(fetched.WasInPlace ? "was in place" : "fetched")}: {request.Target}"));
            return ExitCodes.Fetched;
        }
        catch (ArtifactException failure)
        {
            return await FailAsync(address, declared, failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(address, declared, new ArtifactException(FailureReasons.Interrupted, "The fetcher was told to stop before the artifact was complete."));
        }
    }

    private static Sha256Digest? ParseDigest(string? text) =>
        text is null ? null
        : Sha256Digest.TryParse(text, out var parsed) ? parsed
        : throw new ArtifactException(FailureReasons.InvalidArgument, $"--digest: found \"{text}\"; expected sha256: and 64 hexadecimal digits.");

    private static long? ParseSize(string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed
        : throw new ArtifactException(FailureReasons.InvalidArgument, $"--size: found \"{text}\"; expected a number of bytes, at least 1.");

    private async Task<int> FailAsync(string? address, string? declared, ArtifactException failure)
    {
        await ReportAsync(new FetchReport
        {
            Reason = failure.Reason,
            Uri = address is null ? null : ReportedUri.Of(address),
            Expected = declared,
            Got = failure.FoundDigest,
            Bytes = failure.Bytes,
            Message = failure.Message,
        });
        await errors.WriteLineAsync($"{failure.Reason}: {failure.Message}");
        return FailureReasons.ExitCode(failure.Reason);
    }

    private async Task ReportAsync(FetchReport report)
    {
        var line = report.ToLine();
        await output.WriteLineAsync(line);
        if (!environment.CreatesTerminationMessage && !File.Exists(environment.TerminationMessagePath))
        {
            return;
        }

        try
        {
            // Not cancelled with the transfer: being stopped is worth a report too.
            await File.WriteAllTextAsync(environment.TerminationMessagePath, line, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The report could not be written to {environment.TerminationMessagePath}: {exception.Message}");
        }
    }
}
