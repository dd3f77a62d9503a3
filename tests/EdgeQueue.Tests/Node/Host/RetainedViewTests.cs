using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

public sealed class RetainedViewTests
{
    private readonly SeenPosition seen = new();
    private readonly List<BoardMessage?> told = [];
    private readonly RetainedView<BoardMessage> view;

    public RetainedViewTests() =>
        view = new RetainedView<BoardMessage>("board", m => new JournalPosition(m.Journal, m.Seq), told.Add, seen);

    [Fact]
    public void An_older_state_of_the_same_journal_is_ignored()
    {
        Take("j", 7);
        Take("j", 6);
        Take("j", 7);
        Assert.Equal(7, view.Current!.Seq);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void State_of_another_journal_waits_until_the_hub_says_that_it_is_in_force()
    {
        Take("old", 100);
        Take("fork", 90);
        Assert.Equal("old", view.Current!.Journal);

        Assert.True(seen.HubSpoke("fork", 91));
        ((IRetainedView)view).JournalChanged();
        Assert.Equal("fork", view.Current!.Journal);
        Assert.Equal(new JournalPosition("fork", 91), seen.Current);

        Take("old", 101);
        Assert.Equal("fork", view.Current!.Journal);
    }

    [Fact]
    public void A_restored_copy_of_a_journal_is_told_how_far_it_had_been()
    {
        seen.HubSpoke("j", 500);
        seen.HubSpoke("j", 20);
        Assert.Equal(new JournalPosition("j", 500), seen.Current);
    }

    [Fact]
    public void A_cleared_topic_is_no_longer_configured()
    {
        Take("j", 7);
        Assert.Null(((IRetainedView)view).Take(ReadOnlyMemory<byte>.Empty));
        Assert.Null(view.Current);
        Assert.Null(told[^1]);
    }

    [Fact]
    public void Garbage_is_a_fault_in_words_and_changes_nothing()
    {
        Take("j", 7);
        Assert.NotNull(((IRetainedView)view).Take("{]"u8.ToArray()));
        Assert.Equal(7, view.Current!.Seq);
    }

    private void Take(string journal, long seq) =>
        Assert.Null(((IRetainedView)view).Take(ContractJson.Write(new BoardMessage(1, journal, seq, "hall", []))));
}
