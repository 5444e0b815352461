using MlopsOperator.Cli.Commands;
using MlopsOperator.Cli.Output;

return await new CommandTree(Screen.OfProcess(), TimeProvider.System).RunAsync(args, CancellationToken.None);
