using System.Text;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Contracts.Cloud;

public sealed class EventBatchTests
{
    [Fact]
    public void An_event_of_a_type_that_nobody_knows_yet_goes_through_byte_for_byte()
    {
        byte[] newer = """{"type":"visitDreamt","at":5,"of":{"a":[1,"}]"]},"text":"сон \u00e9 \\\""}"""u8.ToArray();
        var batch = new EventBatch("j1", 3, 10, [new("j0", 9)], ["""{"type":"x"}"""u8.ToArray(), newer]);

        Assert.True(EventBatch.TryRead(batch.Write(), out var read, out _));

        Assert.Equal(("j1", 3, 10L, 11L), (read.Journal, read.Number, read.First, read.Last));
        Assert.Equal(newer, read.Events[1].ToArray());
        Assert.Equal(batch.Ancestors, read.Ancestors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"journal":"j","number":1,"first":1,"ancestors":[],"events":[]}""")]
    [InlineData("""{"v":1,"journal":"","number":1,"first":1,"ancestors":[],"events":[]}""")]
    [InlineData("""{"v":1,"journal":"j","number":1,"first":0,"ancestors":[],"events":[]}""")]
    [InlineData("""{"v":1,"journal":"j","number":1,"first":1,"ancestors":[],"events":[1]}""")]
    [InlineData("""{"v":1,"journal":"j","number":1,"first":1,"ancestors":[],"events":[{}""")]
    [InlineData("""{"v":1,"journal":"j","number":1.5,"first":1,"ancestors":[],"events":[]}""")]
    [InlineData("""{"v":1,"journal":7,"number":1,"first":1,"ancestors":[],"events":[]}""")]
    [InlineData("""{"v":1,"journal":"j","number":1,"first":1,"ancestors":[{"journal":"a"}],"events":[]}""")]
    public void Rubbish_is_refused_with_a_sentence(string text)
    {
        Assert.False(EventBatch.TryRead(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void More_events_than_a_batch_holds_are_refused()
    {
        var batch = new EventBatch("j", 1, 1, [], [.. Enumerable.Repeat<ReadOnlyMemory<byte>>("{}"u8.ToArray(), EventBatch.MostEvents + 1)]);

        Assert.False(EventBatch.TryRead(batch.Write(), out _, out var fault));
        Assert.Contains("200", fault, StringComparison.Ordinal);
    }
}
