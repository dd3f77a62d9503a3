using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Doctor;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Tool;

/// <summary>What the doctor reads from the kernel's files.</summary>
public sealed class MachineChecksTests : IDisposable
{
    private readonly TempFolder folder = new();

    private MachineChecks Machine => new(Path.GetDirectoryName(folder["x"])!);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("48312", "Well")]
    [InlineData("76000", "Soon")]
    [InlineData("84000", "Broken")]
    public void A_hot_board_is_told_before_it_becomes_slow(string millidegrees, string health)
    {
        Write("sys/class/thermal/thermal_zone0/temp", millidegrees);

        Assert.Equal(health, Machine.Temperature()!.Health.ToString());
    }

    [Theory]
    [InlineData("0", "Well")]
    [InlineData("50000", "Soon")]
    [InlineData("50005", "Broken")]
    public void A_weak_power_supply_is_told_now_and_afterwards(string flags, string health)
    {
        Write("sys/devices/platform/soc/soc:firmware/get_throttled", flags);

        Assert.Equal(health, Machine.Power()!.Health.ToString());
    }

    [Fact]
    public void What_a_machine_does_not_have_is_not_looked_at() => Assert.Equal((null, null), (Machine.Temperature(), Machine.Power()));

    [Fact]
    public void A_folder_that_cannot_be_written_is_broken_with_an_advice()
    {
        var finding = MachineChecks.Disk(folder["missing"]);

        Assert.Equal(Health.Broken, finding.Health);
        Assert.NotNull(finding.Advice);
        Assert.Equal(Health.Well, MachineChecks.Disk(Path.GetDirectoryName(folder["x"])!).Health);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], text + "\n");
    }
}
