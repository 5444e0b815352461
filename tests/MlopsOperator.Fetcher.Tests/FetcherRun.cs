using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Fetcher.Commands;

namespace MlopsOperator.Fetcher.Tests;

/// <summary>Runs the fetcher over a folder <c>root</c> and a target in a folder <c>mnt</c>, as an init container would.</summary>
internal sealed class FetcherRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FetcherRun()
    {
        Directory.CreateDirectory(folder.At("root"));
        Directory.CreateDirectory(folder.At("mnt"));
    }

    public string Root => folder.At("root");

    public string Target => folder.At("mnt", "models", "model.onnx");

    public string TerminationMessagePath => folder.At("termination-log");

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public JsonObject Report { get; private set; } = [];

    public string TargetFolder => Path.GetDirectoryName(Target)!;

    public static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(index => (byte)(index * 31))];

    public static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    public void Write(string name, byte[] content) => folder.Write(Path.Combine("root", name), content);

    public Task<int> FetchAsync(string uri, string? digest = null, string? size = null, CancellationToken? token = null)
    {
        List<string> arguments = ["--uri", uri, "--target", Target];
        arguments.AddRange(digest is null ? [] : ["--digest", digest]);
        arguments.AddRange(size is null ? [] : ["--size", size]);
        return RunAsync([.. arguments], token);
    }

    public async Task<int> RunAsync(string[] arguments, CancellationToken? token = null, bool createsTerminationMessage = true)
    {
        var output = new StringWriter(new StringBuilder());
        var errors = new StringWriter(new StringBuilder());
        var command = new FetchCommand(new FetcherEnvironment(Root, TerminationMessagePath, createsTerminationMessage), output, errors);
        var code = await command.RunAsync(arguments, token ?? TestContext.Current.CancellationToken);
        Output = output.ToString();
        Errors = errors.ToString();
        Report = File.Exists(TerminationMessagePath)
            ? JsonNode.Parse(await File.ReadAllTextAsync(TerminationMessagePath, TestContext.Current.CancellationToken))!.AsObject()
            : [];
        return code;
    }

    public void Dispose() => folder.Dispose();
}
