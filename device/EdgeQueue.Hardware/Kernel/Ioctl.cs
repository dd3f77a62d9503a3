using System.Runtime.CompilerServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>ioctl numbers as asm-generic/ioctl.h builds them: direction, size, type, number.</summary>
internal static class Ioctl
{
    private const uint WriteDirection = 1;
    private const uint ReadDirection = 2;

    public static uint Write<T>(uint type, uint number)
        where T : unmanaged => Number(WriteDirection, type, number, (uint)Unsafe.SizeOf<T>());

    public static uint ReadWrite<T>(uint type, uint number)
        where T : unmanaged => Number(ReadDirection | WriteDirection, type, number, (uint)Unsafe.SizeOf<T>());

    public static uint Read<T>(uint type, uint number)
        where T : unmanaged => Number(ReadDirection, type, number, (uint)Unsafe.SizeOf<T>());

    public static uint ReadBytes(uint type, uint number, uint size) => Number(ReadDirection, type, number, size);

    private static uint Number(uint direction, uint type, uint number, uint size) =>
        (direction << 30) | (size << 16) | (type << 8) | number;
}
