using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Host.Claim;

namespace EdgeQueue.Tests.Node.Host;

/// <summary>A new device tells its code with what is plugged in, also when that comes after the power.</summary>
public sealed class CodeSignsTests
{
    [Fact]
    public async Task A_printer_that_is_plugged_in_late_prints_the_code_once_and_its_absence_is_said_once()
    {
        using var folder = new TempFolder();
        var printer = folder.File("lp0");
        var time = new FakeTime();
        var log = new StringWriter();
        var told = new CodeSigns([Dispenser(printer)], new NodeLog(log, time), time).TellAsync("48291730", TestContext.Current.CancellationToken);

        await time.ArmedAsync();
        time.Advance(TimeSpan.FromSeconds(3));
        await time.ArmedAsync();
        await File.WriteAllBytesAsync(printer, [], TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(3));
        await told.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        var paper = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(printer, TestContext.Current.CancellationToken));
        Assert.Equal(2, paper.Split("4829 1730").Length);
        Assert.Equal(2, log.ToString().Split("the printer does not tell the claim code").Length);
    }

    private static UnitConfiguration Dispenser(string printer) => new()
    {
        Unit = "dispenser",
        Dispenser = new DispenserConfiguration { Input = "/dev/null", Buttons = [], Printer = new PrinterConfiguration { Path = printer } },
    };
}
