using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>After a power cut a new or renamed file has its name only when its folder was written too.</summary>
public static class DurableFolder
{
    /// <summary>Makes names in a folder durable (fsync(2) of the directory, for which .NET has no call).</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void Sync(string folder)
    {
        using FileDescriptor? file = FileDescriptor.TryOpen(folder, Files.ReadOnly, out int refused);
        if (file is null)
        {
            throw new IOException($"{folder}: cannot open the folder: {Marshal.GetPInvokeErrorMessage(refused)}");
        }

        if (Files.Sync(file) != 0)
        {
            throw new IOException($"{folder}: cannot make the folder durable: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
