using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeQueue.Node.Speech;

/// <summary>
/// libespeak-ng (speak_lib.h of espeak-ng 1.51, API revision 12), loaded for one utterance and unloaded after it.
/// The library keeps state between utterances that no call resets (the phase of the pitch flutter, among others), so
/// that the same text sounds different each time; a fresh copy costs about 5 ms, gives the same samples every time and
/// the memory back. That is why these are function pointers and not LibraryImport, which never lets go of a library.
/// </summary>
internal sealed unsafe partial class EspeakLibrary : SafeHandle
{
    private const string Name = "libespeak-ng.so.1";
    private const int OutputSynchronous = 2; // samples arrive in the callback, before Synth returns
    private const int InitialiseDoNotExit = 0x8000; // without it the library ends the process when its data is missing
    private const int ParameterRate = 1;
    private const uint CharsUtf8AndSsml = 0x11;
    private const int PhonemesIpa = 2;

    /// <summary>
    /// What the engine hands over; its state is global to the process, so ours is too. Kept and reused: buffers of this
    /// size, made anew for each utterance, are what a small heap suffers from most.
    /// </summary>
    private static readonly List<short> Received = new(12 * Pcm.SampleRate);

    private EspeakLibrary(nint library) : base(0, ownsHandle: true) => SetHandle(library);

    public override bool IsInvalid => handle == 0;

    /// <exception cref="SpeechUnavailableException">The library or its data is not installed, or of another version.</exception>
    public static EspeakLibrary Load()
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(Name);
        }
        catch (DllNotFoundException missing)
        {
            throw new SpeechUnavailableException($"The library {Name} is not installed. Install the package libespeak-ng1.", missing);
        }

        var espeak = new EspeakLibrary(library);
        var rate = ((delegate* unmanaged[Cdecl]<int, int, byte*, int, int>)espeak["espeak_Initialize"])(OutputSynchronous, 200, null, InitialiseDoNotExit);
        if (rate != Pcm.SampleRate)
        {
            espeak.Dispose();
            throw new SpeechUnavailableException(rate < 0
                ? "espeak-ng does not find its data. Install the package espeak-ng-data."
                : string.Create(CultureInfo.InvariantCulture, $"espeak-ng speaks at {rate} Hz instead of {Pcm.SampleRate}; this version is not supported."));
        }

        ((delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<short*, int, nint, int>, void>)espeak["espeak_SetSynthCallback"])(&Receive);
        return espeak;
    }

    /// <summary>False when there is no such voice; the previous one would then go on speaking.</summary>
    public bool SetVoice(string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
        {
            return ((delegate* unmanaged[Cdecl]<byte*, int>)this["espeak_SetVoiceByName"])(text) == 0;
        }
    }

    public void SetWordsPerMinute(int rate) =>
        _ = ((delegate* unmanaged[Cdecl]<int, int, int, int>)this["espeak_SetParameter"])(ParameterRate, rate, 0);

    /// <summary>The samples of one utterance; good until the next one.</summary>
    public ReadOnlySpan<short> Synthesise(string ssml)
    {
        Received.Clear();
        var bytes = Encoding.UTF8.GetBytes(ssml + "\0");
        fixed (byte* text = bytes)
        {
            var result = ((delegate* unmanaged[Cdecl]<byte*, nuint, uint, int, uint, uint, uint*, nint, int>)this["espeak_Synth"])(
                text, (nuint)bytes.Length, 0, 1, 0, CharsUtf8AndSsml, null, 0);
            return result == 0 ? CollectionsMarshal.AsSpan(Received) : throw new SpeechUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"espeak-ng refused to speak (code {result}): {ssml}"));
        }
    }

    /// <summary>The sounds of one utterance in the International Phonetic Alphabet, written by the synthesis itself.</summary>
    public string Phonemes(string ssml)
    {
        byte* text = null;
        nuint length = 0;
        var stream = OpenMemoryStream(&text, &length);
        var trace = (delegate* unmanaged[Cdecl]<int, nint, void>)this["espeak_SetPhonemeTrace"];
        trace(PhonemesIpa, stream);
        try
        {
            Synthesise(ssml);
        }
        finally
        {
            trace(0, 0);
            _ = CloseStream(stream);
        }

        var phonemes = Encoding.UTF8.GetString(text, (int)length);
        NativeMemory.Free(text);
        return phonemes;
    }

    protected override bool ReleaseHandle()
    {
        _ = ((delegate* unmanaged[Cdecl]<int>)this["espeak_Terminate"])();
        NativeLibrary.Free(handle);
        return true;
    }

    private nint this[string function] => NativeLibrary.GetExport(handle, function);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(short* samples, int count, nint events)
    {
        if (samples != null && count > 0)
        {
            Received.AddRange(new ReadOnlySpan<short>(samples, count));
        }

        return 0; // go on
    }

    [LibraryImport("libc", EntryPoint = "open_memstream")]
    private static partial nint OpenMemoryStream(byte** buffer, nuint* size);

    [LibraryImport("libc", EntryPoint = "fclose")]
    private static partial int CloseStream(nint stream);
}
