using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Node.Dispenser;

public sealed class LeaseKeeperTests : IDisposable
{
    private readonly Branch branch = new();

    public void Dispose() => branch.Dispose();

    [Fact]
    public void The_hub_is_asked_for_numbers_when_it_is_there_and_they_are_kept_before_they_are_used()
    {
        branch.Leases.Offer(["cash"]);
        var asked = Assert.Single(branch.Hub.All<LeaseNumbers>());
        Assert.Equal((branch.Store.State.Store, 0), (asked.Store, asked.Remaining["cash"]));

        Grant(new LeasedBlock("L1", "cash", "A", 3, 800, 809));
        Assert.Equal(800, branch.Leases.Next("cash")!.Value.Number);
        branch.Start();
        Assert.Equal(800, branch.Leases.Next("cash")!.Value.Number);
    }

    [Fact]
    public void More_is_asked_for_when_less_than_half_a_block_is_left()
    {
        branch.Leases.Offer(["cash"]);
        Grant(new LeasedBlock("L1", "cash", "A", 3, 800, 803));
        branch.Hub.IsThere = false;
        branch.Press();
        branch.Press();
        branch.Hub.IsThere = true;
        branch.Leases.Consider();
        Assert.Single(branch.Hub.All<LeaseNumbers>());

        branch.Hub.IsThere = false;
        branch.Press();
        branch.Hub.IsThere = true;
        branch.Leases.Consider();
        Assert.Equal(1, branch.Hub.All<LeaseNumbers>().Last().Remaining["cash"]);
    }

    [Fact]
    public void An_answer_never_gives_a_number_back_that_was_already_on_paper()
    {
        branch.Leases.Offer(["cash"]);
        Grant(new LeasedBlock("L1", "cash", "A", 3, 800, 809));
        branch.Hub.IsThere = false;
        branch.Press();
        branch.Hub.IsThere = true;
        branch.Leases.HubIsBack();
        Grant(new LeasedBlock("L1", "cash", "A", 3, 800, 809), new LeasedBlock("L2", "cash", "A", 3, 810, 819));
        Assert.Equal(801, branch.Leases.Next("cash")!.Value.Number);
        Assert.Equal(19, branch.Store.State.Blocks.Sum(b => b.Left));
    }

    [Fact]
    public void A_damaged_store_never_uses_its_leases_again_but_brings_its_tickets_to_their_end()
    {
        branch.Leases.Offer(["cash"]);
        Grant(new LeasedBlock("L1", "cash", "A", 3, 800, 809));
        var store = branch.Store.State.Store;
        branch.Hub.IsThere = false;
        branch.Press();
        branch.Press();
        branch.Store.Dispose();
        var text = File.ReadAllText(branch.StorePath);
        var last = text.LastIndexOf("\"number\":801", StringComparison.Ordinal);
        File.WriteAllText(branch.StorePath, text[..last] + "\"numbex\":801" + text[(last + 12)..]);

        branch.Start();
        Assert.Equal(1, branch.Store.Damaged);
        Assert.NotEqual(store, branch.Store.State.Store);
        Assert.Null(branch.Leases.Next("cash"));
        Assert.True(File.Exists(branch.StorePath + ".damaged"));
        branch.HubBeats(1_000_000);
        Assert.Equal((store, 800), Assert.Single(branch.Hub.All<JoinOffline>()) switch { var j => (j.Store, j.Number) });
    }

    private void Grant(params LeasedBlock[] blocks)
    {
        var id = branch.Hub.IdOf<LeaseNumbers>();
        branch.Answer(id, new ReplyMessage(1, id, "j", 5, null, Lease: new LeaseResult(branch.Store.State.Store!, blocks)));
    }
}
