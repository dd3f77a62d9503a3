using System.CommandLine;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tests.Tool;

/// <summary>Which words are the hub's program's, and how long a program may take to end.</summary>
public sealed class PassedOnTests
{
    [Theory]
    [InlineData("journal verify --help", "journal verify --help", null)]
    [InlineData("journal fork x --seen J:10 --hub /opt/hub", "journal fork x --seen J:10", "/opt/hub")]
    [InlineData("journal --hub /opt/hub verify x", "journal verify x", "/opt/hub")]
    [InlineData("claim --help", "registrar claim --help", null)]
    [InlineData("waiting", "registrar waiting", null)]
    public void What_the_hub_does_is_passed_on_whole_with_its_help(string typed, string passed, string? hub)
    {
        Assert.Equal(passed.Split(' '), HubProcess.PassedOn(typed.Split(' '), out var program));
        Assert.Equal(hub, program);
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("journal --help")]
    [InlineData("check --help")]
    [InlineData("up --hub x")]
    public void What_this_program_does_is_not(string typed) => Assert.Null(HubProcess.PassedOn(typed.Split(' '), out _));

    [Theory]
    [InlineData("", 0)]
    [InlineData("--port 65533", 0)]
    [InlineData("--port 0", 1)]
    [InlineData("--port 65534", 1)]
    [InlineData("--cloud /no/such/program", 1)]
    public void A_stage_is_asked_for_without_a_port_too(string more, int errors)
    {
        var root = new RootCommand { UpCommand.Create() };

        Assert.Equal(errors, root.Parse($"up --hub /bin/sh --node /bin/sh --panel /bin/sh {more}").Errors.Count);
    }

    [Fact]
    public void A_stage_has_the_time_to_end_all_its_programs()
    {
        var root = new RootCommand { UpCommand.Create(), CheckCommand.Create() };

        Assert.True(UpCommand.TimeToEnd(root.Parse("up --hub a --node b --panel c")) >= TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(2), UpCommand.TimeToEnd(root.Parse("check x")));
    }
}
