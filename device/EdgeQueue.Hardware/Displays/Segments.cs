namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// Fourteen segments and the point, numbered as the common 14-segment backpacks wire them to a HT16K33 row:
/// <code>
///   ──A──
///  |╲ | ╱|
///  F H J K B
///  |  ╲|╱ |
///   ─G1 G2─
///  |  ╱|╲ |
///  E L M N C
///  |╱ | ╲|
///   ──D──   DP
/// </code>
/// </summary>
[Flags]
public enum Segments14 : ushort
{
    None = 0,
    A = 1 << 0,
    B = 1 << 1,
    C = 1 << 2,
    D = 1 << 3,
    E = 1 << 4,
    F = 1 << 5,
    G1 = 1 << 6,
    G2 = 1 << 7,
    H = 1 << 8,
    J = 1 << 9,
    K = 1 << 10,
    L = 1 << 11,
    M = 1 << 12,
    N = 1 << 13,
    Point = 1 << 14,
}

/// <summary>
/// Seven segments and the point, A (top) clockwise to F, G in the middle; the bits as the common 7-segment backpacks wire
/// them to a HT16K33 row.
/// </summary>
[Flags]
public enum Segments7 : byte
{
    None = 0,
    A = 1 << 0,
    B = 1 << 1,
    C = 1 << 2,
    D = 1 << 3,
    E = 1 << 4,
    F = 1 << 5,
    G = 1 << 6,
    Point = 1 << 7,
}
