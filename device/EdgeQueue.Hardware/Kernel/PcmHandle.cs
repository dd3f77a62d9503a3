using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>An open PCM of alsa-lib.</summary>
internal sealed class PcmHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => AlsaLibrary.Close(handle) == 0;
}
