using System.Text;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Transport;

public sealed class WatchLineReaderTests
{
    [Theory]
    [InlineData("one\ntwo\n\nthree\n", 1)]
    [InlineData("one\ntwo\n\nthree\n", 3)]
    [InlineData("one\r\ntwo\n\nthree", 5)]
    [InlineData("one\ntwo\n\nthree\n", 100_000)]
    public async Task Lines_are_split_however_the_bytes_arrive(string text, int chunk)
    {
        (await ReadAllAsync(text, chunk, 1000)).Should().Equal("one", "two", "", "three");
    }

    [Fact]
    public async Task A_line_longer_than_the_first_buffer_arrives_whole()
    {
        var line = new string('x', 100_000);

        (await ReadAllAsync($"{line}\nshort\n{line}\n", 4096, 200_000)).Should().Equal(line, "short", line);
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_the_watch()
    {
        var read = () => ReadAllAsync(new string('x', 40_000), 4096, 32_768);

        await read.Should().ThrowAsync<TransportException>().WithMessage("*longer than 32768 bytes*");
    }

    [Fact]
    public async Task Nothing_is_no_line()
    {
        (await ReadAllAsync(string.Empty, 10, 100)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_rest_of_a_refusal_is_one_piece()
    {
        using var stream = new ChunkedStream(Encoding.UTF8.GetBytes("{\n \"kind\": \"Status\"\n}"), 4);

        var rest = await new WatchLineReader(stream, 1000).ReadRestAsync(TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(rest!.Value.Span).Should().Be("{\n \"kind\": \"Status\"\n}");
    }

    private static async Task<List<string>> ReadAllAsync(string text, int chunk, int longest)
    {
        using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk);
        var reader = new WatchLineReader(stream, longest);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }

    private sealed class ChunkedStream(byte[] content, int chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
