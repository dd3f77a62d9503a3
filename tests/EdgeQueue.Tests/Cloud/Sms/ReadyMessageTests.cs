using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Tests.Cloud.Sms;

/// <summary>"Your documents are ready", from a list of cases.</summary>
public sealed class ReadyMessageTests
{
    [Fact]
    public void A_list_is_read_with_its_heading_and_what_is_no_line_is_named()
    {
        (IReadOnlyList<ReadyCase> cases, IReadOnlyList<string> faults) = ReadyMessages.Read("case;phone;language\n2026-1;+47 912 34 567;nb\n\n2026-2,+4791234568\r\n2026-3;91234569\n;+4791234570", "en");

        Assert.Equal([("2026-1", "4791234567", "nb"), ("2026-2", "4791234568", "en")], cases.Select(c => (c.Case, c.Phone.Digits, c.Language)));
        Assert.Equal(["Line 5 is not like 'case;+4791234567;nb'.", "Line 6 is not like 'case;+4791234567;nb'."], faults);
    }

    [Theory]
    [InlineData("x", "Line 1 is not like 'case;+4791234567;nb'.")]
    [InlineData("; ;", "Line 1 is not like 'case;+4791234567;nb'.")]
    [InlineData("case;phone", "The list has no case.")]
    [InlineData("", "The list has no case.")]
    [InlineData("2026-1;+4791234567;zz", "Line 1 has a language that messages are not written in; there is en, nb, uk, ar.")]
    [InlineData("2026-1;+4791234567;n", "Line 1 has a language that messages are not written in; there is en, nb, uk, ar.")]
    public void What_is_neither_a_heading_nor_a_case_is_not_taken_for_nothing_to_do(string list, string fault)
    {
        (IReadOnlyList<ReadyCase> cases, IReadOnlyList<string> faults) = ReadyMessages.Read(list, "en");

        Assert.Empty(cases);
        Assert.Equal(fault, Assert.Single(faults));
    }

    [Fact]
    public async Task A_case_is_told_once_however_often_the_list_is_sent()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var settings = new SmsSettings { Provider = "kannel", Url = "http://127.0.0.1:1" };
        var messages = new ReadyMessages(cloud.Database, new SmsOutbox(cloud.Database, settings, cloud.Time), new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);
        CancellationToken stop = TestContext.Current.CancellationToken;
        IReadOnlyList<ReadyCase> cases = ReadyMessages.Read("2026-1;+4791234567;nb\n2026-2;+4791234568", "en").Cases;

        Assert.Equal(2, (await messages.AddAsync(cases, "Storgata 1", "Europe/Oslo", stop)).Added);
        Assert.Equal((0, 2), await messages.AddAsync(cases, "Storgata 1", "Europe/Oslo", stop) is var again ? (again.Added, again.Before) : default);
        Assert.Equal(
            ["Dokumentene dine er klare. Sak 2026-1. Storgata 1", "Your documents are ready. Case 2026-2. Storgata 1"],
            await cloud.Database.ReadAsync(c => c.QueryAsync<string>("select text from sms order by id"), stop));
        Assert.Equal(2, await cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from sms where urgent = 0 and state = 'waiting'"), stop));
    }
}
