using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;
using MlopsOperator.Cli.Requests;

namespace MlopsOperator.Cli.Commands;

/// <summary>A command that asks for something: creates a RolloutRequest for what there is now, and waits for the answer.</summary>
internal sealed class RequestCommand(RequestAction action, string description, CommonOptions common, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly Argument<string> _name = new("NAME") { Description = "The ModelDeployment." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the record.", HelpName = "TEXT" };
    private readonly Option<string?> _by = new("--by") { Description = "Who asks, for the record; the kubeconfig's user by default. Nobody verifies it.", HelpName = "NAME" };
    private readonly Option<string?> _digest = new("--digest") { Description = "Refuse it where the candidate's artifact has another digest.", HelpName = "sha256:…" };
    private readonly Option<bool> _full = new("--full") { Description = "Skip all steps up to the promotion; guards and capacity are minded all the same." };
    private readonly Option<bool> _force = new("--force") { Description = "Go on though a required metric is Unknown; with --full also though it is paused. Never over a Fail." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the request as JSON, and create nothing." };
    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "How long to wait for the answer; 0s: not at all. 30s by default.",
        HelpName = "DURATION",
        CustomParser = result => Durations.Parse(result),
        DefaultValueFactory = _ => DefaultTimeout,
    };

    public Command Create()
    {
        var command = new Command(action.ToString().ToLowerInvariant(), description) { _name, _reason, _by, _digest, _dryRun, _timeout };
        if (action is RequestAction.Promote)
        {
            command.Options.Add(_full);
            command.Options.Add(_force);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var cluster = await ClusterAccess.OpenAsync(common.Cluster(parsed), time);
        var release = await cluster.ReadAsync(parsed.GetRequiredValue(_name), cancellationToken);
        var request = RequestFactory.Create(release, Wish(parsed, cluster), Suffix());
        if (RolloutRequestRules.Check(request) is { Count: > 0 } problems)
        {
            throw new CommandFailure(ExitCodes.Usage, string.Join(Environment.NewLine, problems));
        }

        if (parsed.GetValue(_dryRun))
        {
            await screen.ShowAsync(JsonSerializer.SerializeToNode(request, ApiJson.Options)!);
            return ExitCodes.Done;
        }

        var answered = await new RequestSender(cluster, screen, time).SendAsync(request, parsed.GetValue(_timeout), cancellationToken);
        return await ShowAsync(answered, common.IsJson(parsed), release);
    }

    private RequestWish Wish(ParseResult parsed, ClusterAccess cluster) => new()
    {
        Action = action,
        By = parsed.GetValue(_by) ?? cluster.User,
        Reason = parsed.GetValue(_reason),
        Digest = parsed.GetValue(_digest),
        Full = action is RequestAction.Promote && parsed.GetValue(_full),
        Force = action is RequestAction.Promote && parsed.GetValue(_force),
    };

    private async Task<int> ShowAsync(RolloutRequest answered, bool json, Release release)
    {
        var phase = answered.Status?.Phase ?? RequestPhase.Pending;
        if (json)
        {
            await screen.ShowAsync(JsonSerializer.SerializeToNode(answered, ApiJson.Options)!);
        }
        else
        {
            var tone = phase switch { RequestPhase.Honoured => Tone.Good, RequestPhase.Refused => Tone.Bad, _ => Tone.Plain };
            await screen.ShowAsync([new Line($"{phase}: {(answered.Status?.Message is { Length: > 0 } message ? message : $"see kubectl get rreq {answered.Metadata.Name} -n {release.Namespace} -o wide")}", tone)]);
        }

        if (phase is RequestPhase.Honoured)
        {
            await screen.TellAsync($"Next: {release.Command("status")} --watch");
        }

        return phase is RequestPhase.Refused ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Of a name that sorts by time and that nobody has used.</summary>
    private string Suffix() => time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("n")[..4];
}
