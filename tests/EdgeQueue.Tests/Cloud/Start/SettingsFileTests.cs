using System.CommandLine;
using EdgeQueue.Cloud.Commands;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Tests.Node;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeQueue.Tests.Cloud.Start;

/// <summary>Why the cloud does not start, said in words of ours.</summary>
public sealed class SettingsFileTests
{
    [Fact]
    public void A_file_of_settings_that_is_not_there_is_said_to_be_missing() => Assert.Equal("there is no such file.", FaultOf("/no/such/folder/cloud.json"));

    [Fact]
    public void A_file_of_settings_that_is_no_JSON_is_named_with_its_line()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "cloud.json");
        File.WriteAllText(file, "{\n  \"listen\": nowhere\n}");

        Assert.StartsWith("line 2, column ", FaultOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nope", 2)]
    [InlineData("--help", 0)]
    public async Task A_command_line_that_cannot_be_understood_ends_with_the_code_that_the_help_names(string word, int code)
    {
        ParseResult parsed = new RootCommand { RunCommand.Make() }.Parse(["run", word]);
        var quiet = new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null };

        Assert.Equal(code, UsageCode.Of(parsed, await parsed.InvokeAsync(quiet, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void What_is_of_another_kind_or_no_setting_at_all_is_said_with_all_the_rest()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "cloud.json");
        File.WriteAllText(file, """{"mial":{"server":"x"},"ingest":{"keepDays":"abc","kepDays":3},"mobile":{"brnaches":"*"},"mail":{"startTls":"maybe"}}""");
        IConfigurationRoot settings = SettingsSource.Read(file, new Dictionary<string, string?> { ["sms:perSecond"] = "ten" });
        var faults = new SettingFaults();
        foreach (IRoom room in Rooms.All)
        {
            room.AddServices(new ServiceCollection(), settings, faults);
        }

        faults.Compare(SettingsSource.NamesInFile(settings));
        foreach (string wanted in (string[])["ingest.keepDays: 'abc' is not a whole number", "mobile: there is no setting 'brnaches'", "mial: there is no such setting", "mail.startTls: 'maybe' is not true or false", "sms.perSecond: 'ten' is not"])
        {
            Assert.Contains(faults.Sentences, said => said.StartsWith(wanted, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string FaultOf(string file) => CloudProgram.FaultOf(Assert.ThrowsAny<Exception>(() => SettingsSource.Read(file, new Dictionary<string, string?>())));
}
