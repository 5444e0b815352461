using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>An operator, a scripted server and a clock on the test's thread.</summary>
internal sealed class World : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SingleThreadContext _thread;
    private readonly ServiceProvider _services;
    private Task? _run;
    private bool _isDisposed;

    /// <param name="add">What the operator consists of; default: the controller of widgets.</param>
    /// <param name="watches">What the controller of widgets watches.</param>
    /// <param name="configure">Settings.</param>
    /// <param name="beside">Another operator, whose server, clock and thread this one shares.</param>
    /// <param name="transport">Stands between this operator and the server.</param>
    /// <param name="time">Stands between this operator and the clock.</param>
    public World(Action<OperatorBuilder>? add = null, Action<ControllerBuilder<Widget>>? watches = null, Action<OperatorSettings>? configure = null, World? beside = null, Func<IKubernetesTransport, IKubernetesTransport>? transport = null, Func<TimeProvider, TimeProvider>? time = null)
    {
        _thread = beside?._thread ?? new SingleThreadContext();
        Time = beside?.Time ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Server = beside?.Server ?? new ScriptedServer();
        Server.Thread = Environment.CurrentManagedThreadId;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton(time?.Invoke(Time) ?? Time);
        services.AddSingleton<IRandomSource>(new SeededRandomSource(beside is null ? 7 : 8));
        services.AddSingleton(transport?.Invoke(Server) ?? Server);
        services.AddSingleton(Controller);
        var builder = services.AddKubernetesOperator(settings =>
        {
            settings.WithName("test-operator");
            configure?.Invoke(settings);
        });
        if (add is null)
        {
            builder.AddController<WidgetController, Widget>(watches);
        }
        else
        {
            add(builder);
        }

        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public ScriptedServer Server { get; }

    public WidgetController Controller { get; } = new();

    public LogLines Logs { get; } = new();

    public IObjectCache<Widget> Widgets => Get<IObjectCache<Widget>>();

    public Task? Running => _run;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts the whole operator and lets it come to rest.</summary>
    public World Start()
    {
        var runtime = Get<OperatorRuntime>();
        _run = _thread.Within(() => runtime.RunAsync(_stop.Token));
        Settle();
        return this;
    }

    /// <summary>Starts caches only; keys are taken one by one with <see cref="Step"/>.</summary>
    public World StartCaches()
    {
        var runtime = Get<OperatorRuntime>();
        _run = _thread.Within(() => runtime.RunCachesAsync(_stop.Token));
        Settle();
        return this;
    }

    public bool Step() => Await(() => Get<OperatorRuntime>().TryRunOneAsync(CancellationToken.None));

    public void Settle() => _thread.Settle();

    /// <summary>Moves the clock in small steps, with rest after each.</summary>
    public void Advance(TimeSpan span, double stepSeconds = 0.1)
    {
        var step = TimeSpan.FromSeconds(stepSeconds);
        for (var left = span; left > TimeSpan.Zero; left -= step)
        {
            Time.Advance(left < step ? left : step);
            Settle();
        }
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs a call to its end on this thread, without moving the clock.</summary>
    public T Await<T>(Func<Task<T>> call)
    {
        var task = _thread.Within(call);
        Settle();
        task.IsCompleted.Should().BeTrue("the call needs nothing but this thread");
#pragma warning disable MA0042, MA0045, xUnit1031 // It has ended.
        return task.GetAwaiter().GetResult();
#pragma warning restore MA0042, MA0045, xUnit1031
    }

    public async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await Get<CollectorRegistry>().CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        Settle();
        _services.Dispose();
        _stop.Dispose();
        Server.Strays.Should().Be(0, "all loops stay on the test's thread");
    }
}
