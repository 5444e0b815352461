using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Tests.Mirroring;

public sealed class CopyBufferTests
{
    [Fact]
    public void A_body_is_kept_as_it_went_by()
    {
        var budget = new CopyBudget(1, 1 << 20);
        var buffer = new CopyBuffer(budget, 100_000);
        var expected = new List<byte>();
        for (var piece = 1; piece < 400; piece++)
        {
            var bytes = Enumerable.Repeat((byte)piece, piece).ToArray();
            buffer.Append(bytes);
            expected.AddRange(bytes);
        }

        buffer.Written.ToArray().Should().Equal(expected);
        budget.Bytes.Should().BeInRange(buffer.Written.Length, 2L * buffer.Written.Length);
        buffer.Free(isShared: false);
        budget.Bytes.Should().Be(0);
    }

    [Fact]
    public void A_body_over_the_limit_is_given_up_and_holds_nothing()
    {
        var budget = new CopyBudget(1, 1 << 20);
        var buffer = new CopyBuffer(budget, 1_000);
        buffer.Append(new byte[1_000]);
        buffer.IsWhole.Should().BeTrue();

        buffer.Append(new byte[1]);

        (buffer.IsTooLarge, buffer.IsOutOfMemory, budget.Bytes).Should().Be((true, false, 0L));
        buffer.Append(new byte[1]);
        buffer.Written.Length.Should().Be(0);
    }

    [Fact]
    public void A_body_beyond_the_budget_is_given_up_and_holds_nothing_of_it()
    {
        var whole = new CopyBudget(10, 4_096);
        var part = new CopyBudget(10, 1 << 20, whole);
        var (first, second) = (new CopyBuffer(part, 10_000), new CopyBuffer(part, 10_000));
        first.Append(new byte[2_048]);

        second.Append(new byte[2_049]);

        (second.IsOutOfMemory, second.IsTooLarge).Should().Be((true, false));
        (whole.Bytes, part.Bytes).Should().Be((2_048L, 2_048L));
        first.Free(isShared: true);
        (whole.Bytes, part.Bytes).Should().Be((0L, 0L));
    }

    [Fact]
    public void What_comes_after_it_was_freed_is_not_kept()
    {
        var budget = new CopyBudget(1, 1 << 20);
        var buffer = new CopyBuffer(budget, 1_000);
        buffer.Free(isShared: true);

        buffer.Append(new byte[10]);

        (budget.Bytes, buffer.Written.Length).Should().Be((0L, 0));
    }

    [Fact]
    public void Places_are_as_many_as_the_part_and_the_whole_have()
    {
        var whole = new CopyBudget(3, 0);
        var (one, other) = (new CopyBudget(2, 0, whole), new CopyBudget(2, 0, whole));

        new[] { one.TryEnter(), one.TryEnter(), one.TryEnter(), other.TryEnter(), other.TryEnter() }.Should().Equal(true, true, false, true, false);
        one.Leave();
        other.TryEnter().Should().BeTrue();
        (one.Copies, other.Copies, whole.Copies).Should().Be((1, 2, 3));
    }

    [Fact]
    public async Task Writing_while_another_frees_leaves_no_byte_in_the_budget()
    {
        var budget = new CopyBudget(1, 1 << 24);
        for (var round = 0; round < 2_000; round++)
        {
            var buffer = new CopyBuffer(budget, 1 << 20);
            buffer.Append(new byte[900]);
            await Task.WhenAll(
                Task.Run(() => buffer.Append(new byte[3_000]), TestContext.Current.CancellationToken),
                Task.Run(() => buffer.Free(isShared: true), TestContext.Current.CancellationToken));
        }

        budget.Bytes.Should().Be(0);
    }
}
