using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>libasound.so.2 (alsa-lib's PCM interface).</summary>
internal static partial class AlsaLibrary
{
    public const int Playback = 0;
    public const int FormatS16LittleEndian = 2;
    public const int AccessInterleaved = 3;

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out PcmHandle pcm, string name, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParameters(
        PcmHandle pcm, int format, int access, uint channels, uint rate, int softResample, uint latencyMicroseconds);

    [LibraryImport(Library, EntryPoint = "snd_pcm_get_params")]
    public static partial int GetParameters(PcmHandle pcm, out nuint bufferFrames, out nuint periodFrames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_prepare")]
    public static partial int Prepare(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_writei")]
    public static unsafe partial nint Write(PcmHandle pcm, short* frames, nuint count);

    [LibraryImport(Library, EntryPoint = "snd_pcm_recover")]
    public static partial int Recover(PcmHandle pcm, int error, int silent);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drain")]
    public static partial int Drain(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drop")]
    public static partial int Drop(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_state")]
    public static partial int State(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_delay")]
    public static partial int Delay(PcmHandle pcm, out nint frames);

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    private static partial nint ErrorText(int error);

    public static string Describe(int error) => Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";
}
