using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

public sealed class SimulatedDevicesTests
{
    [Fact]
    public void No_device_of_the_machine_is_left_in_any_units_file()
    {
        foreach (var file in Files())
        {
            Assert.DoesNotContain("/dev/", System.Text.Encoding.UTF8.GetString(ContractJson.Write(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_two_devices_have_one_path()
    {
        var branch = ExampleBranchTests.Example();
        var devices = Devices(branch);
        var paths = branch.Units.SelectMany(u => (string?[])[devices.Input(u.Address), devices.Lamp(u.Address), devices.Bus(u.Address), devices.Line(u.Address), devices.Sound(u.Address), devices.NumberPad(u.Address), devices.Scanner(u.Address)]).ToArray();

        Assert.Equal(paths.Length, paths.Distinct().Count());
    }

    [Fact]
    public void A_node_reads_its_file_as_the_tool_wrote_it()
    {
        foreach (var file in Files())
        {
            var written = ContractJson.Write(file);

            Assert.True(ContractJson.TryRead<NodeFile>(written, out var read, out var fault), fault);
            Assert.Equal(written, ContractJson.Write(read));
            Assert.Equal(file.Unit.Role, read.Unit.Role);
        }
    }

    [Fact]
    public void Each_unit_has_a_file_a_state_and_its_nodes_certificate()
    {
        var file = Files().Single(f => f.Unit.Keypad?.Counter == "c3");

        Assert.Equal("counter-3.keypad.json", NodeFiles.NameOf(new UnitAddress(file.Node, file.Unit.Unit)));
        Assert.Equal("/var/lib/edgequeue/counter-3.keypad", file.State);
        Assert.Equal("counter-3.crt", file.Broker.Certificate);
        Assert.Equal("/run/eq/counter-3.keypad.input", file.Unit.Keypad!.Input);
    }

    [Fact]
    public void Two_units_never_share_a_sound_device_whatever_hyphens_their_names_have()
    {
        var audio = new UnitConfiguration { Unit = "x", Audio = new AudioConfiguration { Zone = "hall" } };
        var devices = Devices(ExampleBranchTests.Example());

        Assert.NotEqual(
            devices.Of(new UnitAddress("audio-hall", "voice"), audio).Audio!.Device,
            devices.Of(new UnitAddress("audio", "hall-voice"), audio).Audio!.Device);
    }

    [Fact]
    public void A_dispenser_too_many_for_the_ports_is_refused() => Assert.Throws<ArgumentException>(
        () => new SimulatedDevices("/run/eq", []).For(ExampleBranchTests.Example()));

    private static SimulatedDevices Devices(LoadedBranch branch) => new SimulatedDevices("/run/eq", [9100]).For(branch);

    private static IReadOnlyList<NodeFile> Files()
    {
        var branch = ExampleBranchTests.Example();
        return [.. NodeFiles.Of(
            branch, node => new BrokerConfiguration("hub", 8883, "authority.crt", node + ".crt", node + ".key"), "/var/lib/edgequeue/", Devices(branch))];
    }
}
