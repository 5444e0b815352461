using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>Lets one client address have only so many connections, so that one client cannot take them all.</summary>
internal sealed class ConnectionLimiter(int most)
{
    private readonly ConcurrentDictionary<IPAddress, int> open = new();

    /// <summary>Connections that are open from an address.</summary>
    public int OpenFrom(IPAddress address) => open.GetValueOrDefault(address);

    /// <summary>Serves a connection, or closes it when its address has enough.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
        {
            await next(connection);
            return;
        }

        var count = open.AddOrUpdate(address, 1, static (_, count) => count + 1);
        try
        {
            if (count <= most)
            {
                await next(connection);
            }
            else
            {
                connection.Abort(new ConnectionAbortedException("Too many connections from one address."));
            }
        }
        finally
        {
            if (open.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
            {
                open.TryRemove(KeyValuePair.Create(address, 0));
            }
        }
    }
}
