namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>A server with delays-v2, shared by the tests of a class.</summary>
public sealed class DelaysServer : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync("delays-v2");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
