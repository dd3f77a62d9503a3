using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>Tickets named by their number alone, as a numeric keypad types them.</summary>
public sealed class TypedLabelTests
{
    [Theory]
    [InlineData("2")]
    [InlineData("02")]
    [InlineData("002")]
    [InlineData("A002")]
    public void A_number_that_only_one_ticket_can_have_calls_it(string typed) =>
        Given(Opened("1"), Issued(1), Issued(2)).When(Choose(typed)).ThenCalls(2);

    [Fact]
    public void A_number_that_two_who_wait_can_have_is_refused_with_both_named() =>
        Given(Opened("1"), Issued(1), Issued(2, "L001", "loans"))
            .When(Choose("1")).ThenRefused(Refusal.SeveralTickets("1", ["A001", "L001"]));

    [Theory]
    [InlineData("1001", 1)]
    [InlineData("12001", 2)]
    [InlineData("L001", 2)]
    public void A_whole_label_can_be_typed_without_letters_each_by_its_place_in_the_alphabet(string typed, long called) =>
        Given(Opened("1"), Issued(1), Issued(2, "L001", "loans")).When(Choose(typed)).ThenCalls(called);

    [Theory]
    [InlineData("101")]
    [InlineData("11")]
    [InlineData("10001")]
    [InlineData("2001")]
    [InlineData("1200100000000")]
    public void What_is_no_whole_label_names_nobody(string typed) =>
        Given(Opened("1"), Issued(1), Issued(2, "L001", "loans")).When(Choose(typed)).ThenRefused(Refusal.UnknownLabel(typed));

    [Fact]
    public void Two_parked_of_one_number_are_each_called_back_by_the_whole_label_in_digits()
    {
        var two = Given(Opened("1"), Issued(1), Issued(2, "L001", "loans"), Called(1, "1"), new VisitParked(1, "1", null, At(2)), Called(2, "1"), new VisitParked(2, "1", null, At(3)));
        two.When(new Resume("1", "1", At(4))).ThenRefused(Refusal.SeveralTickets("1", ["A001", "L001"]));
        Assert.Contains("L001 (type 12001)", Refusal.SeveralTickets("1", ["A001", "L001"]).Sentence, StringComparison.Ordinal);
        two.When(new Resume("1", "12001", At(5))).ThenOne<VisitResumed>(r => Assert.Equal(2, r.Visit));
    }

    [Fact]
    public void Whoever_is_not_waiting_cannot_be_meant() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Issued(2, "L001", "loans"), Called(1, "2"))
            .When(Choose("1")).ThenCalls(2);

    [Fact]
    public void When_nobody_can_be_meant_the_refusal_names_the_ticket_or_says_that_there_is_none() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Called(1, "2"))
            .When(Choose("1")).ThenRefused(Refusal.NotWaiting("A001"))
            .When(Choose("9")).ThenRefused(Refusal.UnknownLabel("9"))
            .When(Choose("")).ThenRefused(Refusal.UnknownLabel(""))
            .When(Choose("123456")).ThenRefused(Refusal.UnknownLabel("123456"));

    [Fact]
    public void A_parked_customer_is_back_by_the_number_although_another_with_it_waits() =>
        Given(Opened("1"), Issued(1), Issued(2, "L001", "loans"), Called(1, "1"), new VisitParked(1, "1", null, At(2)))
            .When(new Resume("1", "1", At(3))).ThenOne<VisitResumed>(r => Assert.Equal(1, r.Visit));
}
