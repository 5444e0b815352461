// The one file of the operator that touches the machine: clock, environment, console.
#pragma warning disable RS0030
using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using MlopsOperator.Api;
using MlopsOperator.Api.Values;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Hosting;
using MlopsOperator.Operator.Rollouts.GoldenTests;

var gateway = new Option<string>("--gateway-service") { Description = "namespace/name of the Service whose endpoints are the gateways.", DefaultValueFactory = _ => "mlops-system/mlops-gateway" };
gateway.Validators.Add(result =>
{
    if (result.GetValueOrDefault<string>()?.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
    {
        result.AddError($"--gateway-service: found \"{result.GetValueOrDefault<string>()}\"; expected namespace/name, such as mlops-system/mlops-gateway");
    }
});
var domain = new Option<string>("--cluster-domain") { Description = "DNS domain of the cluster.", DefaultValueFactory = _ => "cluster.local" };
var lease = new Option<string>("--exposure-lease") { Description = "How long gateways serve a candidate after the operator's last scrape, 1s to 1h.", DefaultValueFactory = _ => "60s" };
lease.Validators.Add(result =>
{
    if (!GoDuration.TryParse(result.GetValueOrDefault<string>(), out var length) || length.Value < TimeSpan.FromSeconds(1) || length.Value > TimeSpan.FromHours(1))
    {
        result.AddError($"--exposure-lease: found \"{result.GetValueOrDefault<string>()}\"; expected a duration from 1s to 1h, such as 60s");
    }
});
var fetcher = new Option<string>("--fetcher-image") { Description = "Image of the init container that fetches artifacts.", DefaultValueFactory = _ => "mlops-operator/fetcher:dev" };
var health = new Option<int>("--health-port") { Description = "Port of /healthz, /readyz and /metrics.", DefaultValueFactory = _ => 8081 };
var election = new Option<bool>("--leader-election") { Description = "Compete with other replicas for a Lease: one works, the others stand by." };
var electionNamespace = new Option<string>("--leader-election-namespace") { Description = "Namespace of the Lease, named mlops-operator.", DefaultValueFactory = _ => "mlops-system" };
var command = new RootCommand("The operator: promotes models that are proved good and takes back those that are not.") { gateway, domain, lease, fetcher, health, election, electionNamespace };
command.SetAction(async (parsed, cancellationToken) =>
{
    var service = parsed.GetValue(gateway)!.Split('/');
    var options = new OperatorOptions
    {
        GatewayNamespace = service[0],
        GatewayService = service[1],
        ClusterDomain = parsed.GetValue(domain)!,
        ExposureLease = GoDuration.TryParse(parsed.GetValue(lease), out var length) ? length.Value : TimeSpan.FromSeconds(60),
        FetcherImage = parsed.GetValue(fetcher)!,
        LeaderElection = parsed.GetValue(election),
        LeaderElectionNamespace = parsed.GetValue(electionNamespace)!,
        Instance = Environment.MachineName,
    };
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders().AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        console.UseUtcTimestamp = true;
    });
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    var address = Environment.GetEnvironmentVariable(WellKnown.BindAddressVariable) is { Length: > 0 } text ? IPAddress.Parse(text) : IPAddress.Any;
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, parsed.GetValue(health)));
    builder.Services.AddSingleton<TimeProvider>(new SteadyTime(TimeProvider.System));
    builder.Services.AddSingleton<ITelemetryClient, HttpTelemetryClient>();
    builder.Services.AddSingleton<IInferenceClient, InferenceClient>();
    builder.Services.AddModelOperator(options);
    await using var application = builder.Build();
    application.MapOperatorEndpoints();
    try
    {
        await application.RunAsync(cancellationToken);
        return application.Services.GetRequiredService<OperatorRuntime>().Fault is null ? 0 : 1;
    }
    catch (IOException error)
    {
        await Console.Error.WriteLineAsync(FormattableString.Invariant($"The operator cannot listen on {address}:{parsed.GetValue(health)}: {error.Message} Choose another --health-port, or end what uses it."));
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
