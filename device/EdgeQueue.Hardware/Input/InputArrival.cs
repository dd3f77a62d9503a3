namespace EdgeQueue.Hardware.Input;

/// <summary>What an input device told, in the order in which it happened.</summary>
public abstract record InputArrival;

/// <summary>A key went down or up. Autorepeat is not told.</summary>
/// <param name="At">
/// When the kernel saw it, on the scale of <see cref="TimeProvider.System"/>'s <see cref="TimeProvider.GetTimestamp"/>
/// (CLOCK_MONOTONIC, nanoseconds), so that the age of a press can be told. A fake that leaves the time zero gets the
/// time of reading.
/// </param>
public sealed record KeyChanged(KeyCode Key, bool Down, long At) : InputArrival;

/// <summary>The device is there and is read.</summary>
/// <param name="Name">The device's own name (EVIOCGNAME), or the path where it has none.</param>
public sealed record DevicePresent(string Path, string Name) : InputArrival;

/// <summary>The device is gone or cannot be opened; told once until it is back. Keys that were held have been told as up.</summary>
public sealed record DeviceAbsent(string Path, string Reason) : InputArrival;

/// <summary>
/// The kernel's buffer overflowed (SYN_DROPPED): presses may be lost. Keys are told as they are now; the owner should
/// show "not known" rather than guess.
/// </summary>
public sealed record PressesLost(string Path) : InputArrival;
