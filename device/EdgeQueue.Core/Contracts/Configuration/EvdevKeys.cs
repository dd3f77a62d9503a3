using System.Collections.Frozen;
using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// Names of evdev keys as the configuration writes them, with the kernel's numbers (linux/input-event-codes.h): those that
/// <c>EdgeQueue.Hardware/Input</c> has names for, which a test asserts. Any other key is written as its number.
/// </summary>
public static class EvdevKeys
{
    private const string Table = """
        KEY_ESC=1 KEY_1=2 KEY_2=3 KEY_3=4 KEY_4=5 KEY_5=6 KEY_6=7 KEY_7=8 KEY_8=9 KEY_9=10 KEY_0=11 KEY_MINUS=12
        KEY_EQUAL=13 KEY_BACKSPACE=14 KEY_TAB=15 KEY_Q=16 KEY_W=17 KEY_E=18 KEY_R=19 KEY_T=20 KEY_Y=21 KEY_U=22
        KEY_I=23 KEY_O=24 KEY_P=25 KEY_LEFTBRACE=26 KEY_RIGHTBRACE=27 KEY_ENTER=28 KEY_LEFTCTRL=29 KEY_A=30 KEY_S=31
        KEY_D=32 KEY_F=33 KEY_G=34 KEY_H=35 KEY_J=36 KEY_K=37 KEY_L=38 KEY_SEMICOLON=39 KEY_APOSTROPHE=40 KEY_GRAVE=41
        KEY_LEFTSHIFT=42 KEY_BACKSLASH=43 KEY_Z=44 KEY_X=45 KEY_C=46 KEY_V=47 KEY_B=48 KEY_N=49 KEY_M=50 KEY_COMMA=51
        KEY_DOT=52 KEY_SLASH=53 KEY_RIGHTSHIFT=54 KEY_KPASTERISK=55 KEY_LEFTALT=56 KEY_SPACE=57 KEY_CAPSLOCK=58
        KEY_F1=59 KEY_F2=60 KEY_F3=61 KEY_F4=62 KEY_F5=63 KEY_F6=64 KEY_F7=65 KEY_F8=66 KEY_F9=67 KEY_F10=68
        KEY_NUMLOCK=69 KEY_KP7=71 KEY_KP8=72 KEY_KP9=73 KEY_KPMINUS=74 KEY_KP4=75 KEY_KP5=76 KEY_KP6=77 KEY_KPPLUS=78
        KEY_KP1=79 KEY_KP2=80 KEY_KP3=81 KEY_KP0=82 KEY_KPDOT=83 KEY_F11=87 KEY_F12=88 KEY_KPENTER=96 KEY_RIGHTCTRL=97
        KEY_KPSLASH=98 KEY_RIGHTALT=100 KEY_HOME=102 KEY_UP=103 KEY_PAGEUP=104 KEY_LEFT=105 KEY_RIGHT=106 KEY_END=107
        KEY_DOWN=108 KEY_PAGEDOWN=109 KEY_INSERT=110 KEY_DELETE=111 KEY_POWER=116 KEY_KPEQUAL=117 KEY_KPCOMMA=121
        KEY_KPLEFTPAREN=179 KEY_KPRIGHTPAREN=180 KEY_F13=183 KEY_F14=184 KEY_F15=185 KEY_F16=186 KEY_F17=187
        KEY_F18=188 KEY_F19=189 KEY_F20=190 KEY_F21=191 KEY_F22=192 KEY_F23=193 KEY_F24=194 BTN_0=256 BTN_1=257
        BTN_2=258 BTN_3=259 BTN_4=260 BTN_5=261 BTN_6=262 BTN_7=263 BTN_8=264 BTN_9=265
        """;

    private static readonly FrozenDictionary<string, ushort> Numbers = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('='))
        .ToFrozenDictionary(entry => entry[0], entry => ushort.Parse(entry[1], CultureInfo.InvariantCulture));

    public static IEnumerable<string> Names => Numbers.Keys;

    /// <summary>The kernel's number of a key, e.g. 2 for <c>KEY_1</c> or <c>2</c>; null: neither a name nor 1 … 767 (KEY_MAX).</summary>
    public static ushort? NumberOf(string name) =>
        Numbers.TryGetValue(name, out var number) ? number
        : ushort.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 767 ? number
        : null;

    /// <summary>The digit that a key types, of the row above the letters or of the block of figures; null: none.</summary>
    public static int? DigitOf(string name)
    {
        for (var digit = 0; digit <= 9; digit++)
        {
            if (NumberOf(name) is { } number && (number == Numbers[$"KEY_{digit}"] || number == Numbers[$"KEY_KP{digit}"]))
            {
                return digit;
            }
        }

        return null;
    }
}
