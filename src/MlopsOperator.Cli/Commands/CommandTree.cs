using System.CommandLine;
using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Output;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Cli.Commands;

/// <summary>All commands, and what the program ends with.</summary>
internal sealed class CommandTree(Screen screen, TimeProvider time)
{
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await screen.TellAsync(error.Message);
            }

            await screen.TellAsync("See kubectl mlops --help");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            await screen.TellAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (ApiException error)
        {
            await screen.TellAsync(error.Code is 401 or 403
                ? $"The cluster forbids it: {error.Message} Ask for the right, or use another --context."
                : $"The API server answered {error.Reason}: {error.Message}");
            return error.Code is 401 or 403 or >= 500 ? ExitCodes.Unreachable : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: what was created stays, and nothing is left to say.
            return ExitCodes.Interrupted;
        }
        catch (TransportException error)
        {
            await screen.TellAsync($"The cluster cannot be reached: {error.Message} Look at --kubeconfig and --context.");
            return ExitCodes.Unreachable;
        }
    }

    private RootCommand Create()
    {
        var common = new CommonOptions();
        var root = new RootCommand("Releases of models, and what people may ask of them.")
        {
            new StatusCommand(common, screen, time).Create(),
            ViewCommand.Why(common, screen, time),
            ViewCommand.History(common, screen, time),
            Ask(RequestAction.Promote, "Ends the waiting of the present step; with --full, of all steps."),
            Ask(RequestAction.Abort, "Takes the candidate back."),
            Ask(RequestAction.Pause, "Holds the rollout, and those that follow, until resume."),
            Ask(RequestAction.Resume, "Ends what pause began."),
            Ask(RequestAction.Approve, "Approves the present step."),
            Ask(RequestAction.Retry, "Tries a version again that was taken back."),
            LintCommand.Create(common, screen),
        };
        common.AddTo(root);
        return root;

        Command Ask(RequestAction action, string description) => new RequestCommand(action, description, common, screen, time).Create();
    }
}
