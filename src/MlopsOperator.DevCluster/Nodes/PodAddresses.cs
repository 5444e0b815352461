using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>
/// Addresses of pods, all in 127.64.0.0/10, which Linux answers on the loopback device. Scripted pods, that nobody talks to, get the same ones in every run.
/// Processes get theirs from blocks of 250 that no other cluster on this machine holds: a socket bound in the block is the claim.
/// </summary>
internal sealed class PodAddresses : IDisposable
{
    private const int BlockSize = 250;
    private const int ClaimPort = 6_464;
    private const int FirstBlock = 256;
    private const int Blocks = 62 * 256;

    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<(int Block, Socket Claim)> blocks = [];
    private int scripted;
    private int listening;

    /// <summary>The next address that is free; one that was just released comes last.</summary>
    /// <param name="listens">Whether a process will listen there.</param>
    public string Take(bool listens)
    {
        if (!listens)
        {
            return Next(FirstBlock * BlockSize, ref scripted, block => block) ?? throw Exhausted();
        }

        if (Next(blocks.Count * BlockSize, ref listening, block => blocks[block].Block) is { } address)
        {
            return address;
        }

        ClaimBlock();
        return Next(blocks.Count * BlockSize, ref listening, block => blocks[block].Block) ?? throw Exhausted();
    }

    public void Release(string address) => used.Remove(address);

    public void Dispose()
    {
        foreach (var (_, claim) in blocks)
        {
            claim.Dispose();
        }

        blocks.Clear();
    }

    private string? Next(int count, ref int cursor, Func<int, int> block)
    {
        for (var i = 0; i < count; i++)
        {
            var index = (cursor + i) % count;
            var address = Address(block(index / BlockSize), (index % BlockSize) + 1);
            if (used.Add(address))
            {
                cursor = index + 1;
                return address;
            }
        }

        return null;
    }

    private static InvalidOperationException Exhausted() => new("no address in 127.64.0.0/10 is free for another pod");

    private void ClaimBlock()
    {
        var first = Environment.ProcessId % Blocks;
        for (var i = 0; i < Blocks; i++)
        {
            var block = FirstBlock + ((first + i) % Blocks);
            var claim = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
            try
            {
                claim.Bind(new IPEndPoint(IPAddress.Parse(Address(block, BlockSize + 1)), ClaimPort));
                blocks.Add((block, claim));
                return;
            }
            catch (SocketException)
            {
                // Another cluster's, or one of ours.
                claim.Dispose();
            }
        }
    }

    private static string Address(int block, int host) =>
        string.Create(CultureInfo.InvariantCulture, $"127.{64 + (block / 256)}.{block % 256}.{host}");
}
