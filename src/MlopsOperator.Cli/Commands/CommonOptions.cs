using System.CommandLine;
using MlopsOperator.Cli.Cluster;

namespace MlopsOperator.Cli.Commands;

/// <summary>kubectl's options of connection, and the form of the output; they stand before or after the verb.</summary>
internal sealed class CommonOptions
{
    private const string JsonOutput = "json";

    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "Namespace; that of the context by default.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> _context = new("--context") { Description = "Context of the kubeconfig; its current one by default.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "The kubeconfig; $KUBECONFIG or ~/.kube/config by default.", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "json, for programs; text for people by default.", HelpName = JsonOutput, Recursive = true };

    public CommonOptions() => _output.AcceptOnlyFromAmong(JsonOutput);

    public void AddTo(Command command)
    {
        command.Options.Add(_namespace);
        command.Options.Add(_context);
        command.Options.Add(_kubeconfig);
        command.Options.Add(_output);
    }

    public ClusterOptions Cluster(ParseResult parsed) => new(parsed.GetValue(_kubeconfig), parsed.GetValue(_context), parsed.GetValue(_namespace));

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_output) is JsonOutput;
}
