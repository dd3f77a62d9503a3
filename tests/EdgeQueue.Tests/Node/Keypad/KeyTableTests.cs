using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class KeyTableTests
{
    [Fact]
    public void A_branch_gives_a_key_another_meaning()
    {
        var (table, faults) = KeyTable.Read(new Dictionary<string, string> { ["KEY_F1"] = "noShow", ["KEY_KPENTER"] = "recall" });

        Assert.Empty(faults);
        Assert.Equal(KeyFunction.NoShow, table.Find(KeyCode.F1)!.After(""));
        Assert.Equal(KeyFunction.Recall, table.Find(KeyCode.KeypadEnter)!.After("42"));
        Assert.Equal(KeyFunction.Arrive, table.Find(KeyCode.KeypadPlus)!.After(""));
    }

    [Fact]
    public void All_faults_are_told_at_once_and_the_other_keys_work()
    {
        var (table, faults) = KeyTable.Read(new Dictionary<string, string>
        {
            ["KEY_NOSUCH"] = "next", ["KEY_F1"] = "explode", ["KEY_F2"] = "finish",
        });

        Assert.Equal(2, faults.Count);
        Assert.Contains("KEY_NOSUCH", faults[0]);
        Assert.Contains("explode", faults[1]);
        Assert.Contains("noShow", faults[1]);
        Assert.Equal(KeyFunction.Finish, table.Find(KeyCode.F2)!.After(""));
        Assert.Null(table.Find(KeyCode.F1));
    }

    [Fact]
    public void A_digit_can_be_a_key_of_its_own_on_a_keypad_without_the_others()
    {
        var table = KeyTable.Read(new Dictionary<string, string> { ["KEY_KP1"] = "next" }).Table;
        var entry = new KeyEntry(table, new FakeTime());

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.Keypad1));
    }

    [Fact]
    public void Every_function_but_the_alarm_can_be_reached_from_a_standard_keypad()
    {
        var table = KeyTable.Read(new Dictionary<string, string>()).Table;
        KeyCode[] keys =
        [
            KeyCode.KeypadEnter, KeyCode.KeypadPlus, KeyCode.KeypadMinus, KeyCode.KeypadAsterisk, KeyCode.KeypadSlash, KeyCode.KeypadDot,
        ];
        string[] digits = ["", "0", "00", "1"];

        var reached = keys.SelectMany(key => digits.SelectMany(typed => new[] { table.Find(key)!.After(typed), table.Find(key, more: true)!.After(typed) })).ToHashSet();

        // An alarm must not be a slip of the finger.
        KeyFunction[] others = [KeyFunction.None, KeyFunction.Evacuate, KeyFunction.EndEvacuation, KeyFunction.CloseDay];
        Assert.Equal(Enum.GetValues<KeyFunction>().Except(others).Order(), reached.Except([KeyFunction.None]).Order());
    }
}
